import type { JSONValue } from 'convex/values'
import { filterTerm } from '../search/search-entry.ts'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { VectorQuery } from '../vectors/packed-vectors.ts'
import { unitVector } from '../vectors/unit-vector.ts'
import { boundValue } from './index-range.ts'
import type { Schema } from './schema.ts'
import type { VectorIndex } from './vector-index.ts'

/** Convex's documented limits of one search. */
const defaultLimit = 10
const mostResults = 256
const mostConditions = 64

/** Reads the query of `1.0/actions/vectorSearch`. */
export function planVectorSearch(
  schema: Schema,
  { indexName, vector, limit, expressions }: JsonObject,
): { readonly index: VectorIndex; readonly query: VectorQuery } {
  const index = findVectorIndex(schema, String(indexName))
  const filters = new Set(expressions == null ? [] : conditionsOf(index, expressions))
  if (filters.size > mostConditions) {
    throw new Error(
      `The vector search of ${nameOf(index)} has too many filter conditions. ` +
        `Max: ${mostConditions} Actual: ${filters.size}`,
    )
  }
  return { index, query: { vector: queryVector(index, vector), limit: resultLimit(index, limit), filters } }
}

function findVectorIndex({ tables }: Schema, name: string): VectorIndex {
  const [tableName = '', indexName = ''] = name.split('.')
  const index = tables.get(tableName)?.vectorIndexes.get(indexName)
  if (index !== undefined) return index
  throw new Error(
    `Cannot use vector index "${indexName}" for table "${tableName}" because it is not declared in the schema.`,
  )
}

function queryVector(index: VectorIndex, json: JSONValue | undefined): Float32Array {
  const length = Array.isArray(json) ? json.length : 0
  if (length !== index.dimensions) {
    throw new Error(`The vector index ${nameOf(index)} has ${index.dimensions} dimensions; the vector has ${length}.`)
  }
  // NaN and the infinities come as null: `convex/server` writes the query as plain JSON.
  const vector = unitVector(json, index.dimensions)
  if (vector === null) throw new Error(`A vector search of ${nameOf(index)} needs a vector of finite numbers.`)
  return vector
}

function resultLimit(index: VectorIndex, json: JSONValue | undefined): number {
  if (json === undefined) return defaultLimit
  if (typeof json === 'number' && Number.isInteger(json) && json >= 1 && json <= mostResults) return json
  throw new Error(
    `The limit of a vector search of ${nameOf(index)} must be from 1 to ${mostResults}; it is ${JSON.stringify(json)}.`,
  )
}

/** A filter is `q.eq`s under `q.or`s, so it is true when one of its `q.eq`s is. */
function conditionsOf(index: VectorIndex, expression: JSONValue): string[] {
  if (isJsonObject(expression)) {
    const { $or, $eq } = expression
    if (Array.isArray($or)) return $or.flatMap((part) => conditionsOf(index, part))
    if (Array.isArray($eq)) return [conditionOf(index, $eq)]
  }
  throw new Error(`A filter of a vector search of ${nameOf(index)} is made of \`q.eq\` and \`q.or\` only.`)
}

function conditionOf(index: VectorIndex, [left, right]: readonly JSONValue[]): string {
  const name = isJsonObject(left) ? left['$field'] : undefined
  const value = isJsonObject(right) ? right['$literal'] : undefined
  if (typeof name !== 'string' || value === undefined) {
    throw new Error('`q.eq` takes the name of a field and a value.')
  }
  const field = index.filterFields.indexOf(name)
  if (field !== -1) return filterTerm(field, boundValue(value))
  throw new Error(`The vector search of ${nameOf(index)} filters by "${name}", which is not in its \`filterFields\`.`)
}

function nameOf({ table, name }: VectorIndex): string {
  return `${table}.${name}`
}
