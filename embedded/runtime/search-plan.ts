import type { JSONValue } from 'convex/values'
import { filterTerm, type SearchQuery } from '../search/search-entry.ts'
import { queryTerms } from '../search/tokenize.ts'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { Catalog } from './catalog.ts'
import { boundValue } from './index-range.ts'
import type { SearchIndexDefinition } from './search-index.ts'

/** Convex's documented limits of one search. */
const mostTerms = 16
const mostFilters = 8

/** Reads a query's source of type `Search`. */
export function planSearch(
  catalog: Catalog,
  source: JsonObject,
): { readonly index: SearchIndexDefinition; readonly query: SearchQuery } {
  const name = String(source['indexName'])
  const index = findSearchIndex(catalog, name)
  const expressions = Array.isArray(source['filters']) ? source['filters'].map(toExpression) : []
  const searches = expressions.filter(({ type }) => type === 'Search')
  const filters = expressions.filter(({ type }) => type === 'Eq')
  const [search] = searches
  if (search === undefined) throw new Error(`The search of ${name} has no \`.search("${index.searchField}", …)\`.`)
  if (searches.length > 1) throw new Error(`The search of ${name} has ${searches.length} search filters, not one.`)
  if (search.fieldPath !== index.searchField) {
    throw new Error(
      `The search of ${name} looks into "${search.fieldPath}"; its \`searchField\` is "${index.searchField}".`,
    )
  }
  if (filters.length > mostFilters) {
    throw new Error(
      `The search of ${name} has too many filter conditions. Max: ${mostFilters} Actual: ${filters.length}`,
    )
  }
  return {
    index,
    query: {
      terms: queryTerms(String(search.value), mostTerms),
      filters: filters.map(({ fieldPath, value }) => {
        const field = index.filterFields.indexOf(fieldPath)
        if (field !== -1) return filterTerm(field, boundValue(value))
        throw new Error(`The search of ${name} filters by "${fieldPath}", which is not in its \`filterFields\`.`)
      }),
    },
  }
}

function findSearchIndex(catalog: Catalog, name: string): SearchIndexDefinition {
  const [tableName = '', indexName = ''] = name.split('.')
  const table = catalog.table(tableName)
  const index = table.searchIndexes.get(indexName)
  if (index !== undefined) return index
  throw new Error(table.indexes.has(indexName) ? `Index ${name} is not a search index.` : `Index ${name} not found.`)
}

interface Expression {
  readonly type: 'Search' | 'Eq'
  readonly fieldPath: string
  readonly value: JSONValue
}

function toExpression(json: JSONValue): Expression {
  if (isJsonObject(json)) {
    const { type, fieldPath, value } = json
    const isSearch = type === 'Search' && typeof value === 'string'
    if ((isSearch || type === 'Eq') && typeof fieldPath === 'string' && value !== undefined) {
      return { type: isSearch ? 'Search' : 'Eq', fieldPath, value }
    }
  }
  throw new Error(`Not a search filter: ${JSON.stringify(json)}`)
}
