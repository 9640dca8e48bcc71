import type { JSONValue } from 'convex/values'
import { filterTerm } from '../search/search-entry.ts'
import { parseFieldPath, valueAtPath, type FieldPath } from '../values/field-path.ts'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { Document } from './document.ts'

/** A vector index as `schema.ts` defines it. It lives in memory only, so the store knows nothing of it. */
export interface VectorIndex {
  readonly table: string
  readonly name: string
  readonly vectorPath: FieldPath
  readonly dimensions: number
  readonly filterFields: readonly string[]
  readonly filterPaths: readonly FieldPath[]
}

const mostIndexes = 4
const mostFilterFields = 16
const fewestDimensions = 2
const mostDimensions = 4096

/** By name. Throws a sentence when one breaks a limit that Convex documents. */
export function parseVectorIndexes(table: string, json: JSONValue | undefined): ReadonlyMap<string, VectorIndex> {
  const indexes = new Map<string, VectorIndex>()
  for (const index of Array.isArray(json) ? json.filter(isJsonObject) : []) {
    const parsed = parseVectorIndex(table, index)
    if (indexes.has(parsed.name)) throw new Error(`Table ${table} has two vector indexes "${parsed.name}".`)
    indexes.set(parsed.name, parsed)
  }
  if (indexes.size > mostIndexes) throw new Error(`Table ${table} has more than ${mostIndexes} vector indexes.`)
  return indexes
}

function parseVectorIndex(
  table: string,
  { indexDescriptor, vectorField, dimensions, filterFields }: JsonObject,
): VectorIndex {
  if (typeof indexDescriptor !== 'string' || typeof vectorField !== 'string' || !Array.isArray(filterFields)) {
    throw new Error('schema.ts defines a broken vector index')
  }
  const name = `${table}.${indexDescriptor}`
  if (!isDimensions(dimensions)) {
    throw new Error(
      `The vector index ${name} has ${JSON.stringify(dimensions)} dimensions; ` +
        `a whole number from ${fewestDimensions} to ${mostDimensions} is needed.`,
    )
  }
  const fields = filterFields.filter((field) => typeof field === 'string')
  if (fields.length > mostFilterFields) {
    throw new Error(`The vector index ${name} has more than ${mostFilterFields} filter fields.`)
  }
  return {
    table,
    name: indexDescriptor,
    vectorPath: parseFieldPath(vectorField),
    dimensions,
    filterFields: fields,
    filterPaths: fields.map(parseFieldPath),
  }
}

function isDimensions(json: JSONValue | undefined): json is number {
  return Number.isInteger(json) && Number(json) >= fewestDimensions && Number(json) <= mostDimensions
}

/** What the document holds in the filter fields, as terms that are equal when the values are. */
export function vectorFiltersOf(index: VectorIndex, document: Document): string[] {
  return index.filterPaths.map((path, field) => filterTerm(field, valueAtPath(document.value, path)))
}
