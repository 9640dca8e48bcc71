import type { StoredSearchIndex } from '../store/store.ts'
import { filterTerm, frequencyIn, type SearchEntry, type SearchQuery } from '../search/search-entry.ts'
import { parseFieldPath, valueAtPath, type FieldPath } from '../values/field-path.ts'
import type { Document } from './document.ts'

export interface SearchIndexDefinition extends StoredSearchIndex {
  readonly searchPath: FieldPath
  readonly filterPaths: readonly FieldPath[]
}

export function withSearchPaths(index: StoredSearchIndex): SearchIndexDefinition {
  return {
    ...index,
    searchPath: parseFieldPath(index.searchField),
    filterPaths: index.filterFields.map(parseFieldPath),
  }
}

/** What the index holds of the document. */
export function searchEntryOf(index: SearchIndexDefinition, document: Document): SearchEntry {
  return {
    creationTime: document.creationTime,
    text: document.textAt(index.searchPath),
    filters: filtersOf(index, document),
  }
}

/** Whether the index holds the same of both. */
export function isIndexedAlike(index: SearchIndexDefinition, left: Document, right: Document): boolean {
  if (valueAtPath(left.value, index.searchPath) !== valueAtPath(right.value, index.searchPath)) return false
  const rightFilters = filtersOf(index, right)
  return filtersOf(index, left).every((filter, position) => filter === rightFilters[position])
}

/** How often the document holds each term of the query; null when it does not match. */
export function matchDocument(index: SearchIndexDefinition, query: SearchQuery, document: Document): number[] | null {
  const filters = filtersOf(index, document)
  // Words last: taking a text apart costs most.
  if (!query.filters.every((filter) => filters.includes(filter))) return null
  const terms = document.termsAt(index.searchPath)
  const frequencies = query.terms.map((term) => frequencyIn(terms, term))
  return frequencies.some((frequency) => frequency > 0) ? frequencies : null
}

function filtersOf(index: SearchIndexDefinition, document: Document): string[] {
  return index.filterPaths.map((path, field) => filterTerm(field, valueAtPath(document.value, path)))
}
