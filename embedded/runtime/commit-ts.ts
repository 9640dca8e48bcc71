import { convexToJson, type JSONValue } from 'convex/values'
import { isJsonObject } from '../values/json-object.ts'
import { Document } from './document.ts'

/** Puts the commit's timestamp where the document holds the placeholder `ctx.db.vars.commitTs`. */
export function resolveCommitTs(document: Document, ts: bigint): Document {
  if (!document.json.includes('"$commitTs"')) return document
  const json: JSONValue = JSON.parse(document.json)
  return Document.written(replacePlaceholder(json, convexToJson(ts)))
}

function replacePlaceholder(json: JSONValue, ts: JSONValue): JSONValue {
  if (Array.isArray(json)) return json.map((element) => replacePlaceholder(element, ts))
  if (!isJsonObject(json)) return json
  if (json['$commitTs'] === null && Object.keys(json).length === 1) return ts
  return Object.fromEntries(Object.entries(json).map(([field, value]) => [field, replacePlaceholder(value, ts)]))
}
