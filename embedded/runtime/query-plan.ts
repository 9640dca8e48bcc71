import type { JSONValue } from 'convex/values'
import type { SearchQuery } from '../search/search-entry.ts'
import type { Order } from '../store/store.ts'
import type { ConvexObject } from '../values/field-path.ts'
import { isJsonObject } from '../values/json-object.ts'
import type { Catalog, IndexDefinition } from './catalog.ts'
import { compileFilter } from './filter.ts'
import { toKeyRange, type RangeExpression } from './index-range.ts'
import type { KeyRange } from './index-scan.ts'
import type { SearchIndexDefinition } from './search-index.ts'
import { planSearch } from './search-plan.ts'

export type Operator =
  | { readonly kind: 'filter'; readonly accepts: (document: ConvexObject) => boolean }
  | { readonly kind: 'limit'; readonly count: number }

export type QuerySource =
  | { readonly kind: 'index'; readonly index: IndexDefinition }
  | { readonly kind: 'search'; readonly index: SearchIndexDefinition; readonly query: SearchQuery }

export interface QueryPlan {
  readonly source: QuerySource
  /** Of index keys; of a search, of places in the order of relevance. */
  readonly range: KeyRange
  readonly operators: readonly Operator[]
}

/** Reads a serialized query (`{ source, operators }`) and finds its index. */
export function planQuery(catalog: Catalog, query: JSONValue | undefined): QueryPlan {
  if (!isJsonObject(query) || !isJsonObject(query['source']) || !Array.isArray(query['operators'])) {
    throw new Error('Not a query')
  }
  const { source } = query
  const operators = query['operators'].map(toOperator)
  if (source['type'] === 'Search') {
    const range: KeyRange = { lower: new Uint8Array(), upper: null, order: 'asc' }
    return { source: { kind: 'search', ...planSearch(catalog, source) }, range, operators }
  }
  const order: Order = source['order'] === 'desc' ? 'desc' : 'asc'
  const index = findIndex(catalog, source)
  const expressions = Array.isArray(source['range']) ? source['range'].map(rangeExpression) : []
  return { source: { kind: 'index', index }, range: toKeyRange(index, expressions, order), operators }
}

function findIndex(catalog: Catalog, source: { [key: string]: JSONValue }): IndexDefinition {
  if (source['type'] === 'FullTableScan') return catalog.table(text(source['tableName'])).byCreationTime
  const [tableName = '', indexName = ''] = text(source['indexName']).split('.')
  const index = catalog.table(tableName).indexes.get(indexName)
  if (index === undefined) {
    const isSearch = catalog.table(tableName).searchIndexes.has(indexName)
    throw new Error(`Index ${tableName}.${indexName} ${isSearch ? 'is a search index.' : 'not found.'}`)
  }
  return index
}

function rangeExpression(json: JSONValue): RangeExpression {
  if (isJsonObject(json)) {
    const { type, fieldPath, value } = json
    const isKnown = type === 'Eq' || type === 'Gt' || type === 'Gte' || type === 'Lt' || type === 'Lte'
    if (isKnown && typeof fieldPath === 'string' && value !== undefined) return { type, fieldPath, value }
  }
  throw new Error(`Not an index range: ${JSON.stringify(json)}`)
}

function toOperator(json: JSONValue): Operator {
  if (isJsonObject(json)) {
    if (json['filter'] !== undefined) return { kind: 'filter', accepts: compileFilter(json['filter']) }
    if (typeof json['limit'] === 'number') return { kind: 'limit', count: json['limit'] }
  }
  throw new Error(`Not a query operator: ${JSON.stringify(json)}`)
}

function text(json: JSONValue | undefined): string {
  if (typeof json === 'string') return json
  throw new Error(`Expected a name, got ${JSON.stringify(json)}`)
}
