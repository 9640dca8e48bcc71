import { createHash } from 'node:crypto'
import type { Value } from 'convex/values'
import { encodeIndexKey } from '../values/index-key.ts'
import { documentTerms, type QueryTerm } from './tokenize.ts'

/** What a search index holds of one document. */
export interface SearchEntry {
  readonly creationTime: number
  readonly text: string
  /** One for each filter field; see `filterTerm`. */
  readonly filters: readonly string[]
}

export interface SearchTerms {
  /** How often each term occurs. */
  readonly counts: ReadonlyMap<string, number>
  /** How many terms the text has. */
  readonly length: number
}

export interface SearchQuery {
  readonly terms: readonly QueryTerm[]
  readonly filters: readonly string[]
}

export function searchTerms(text: string): SearchTerms {
  const counts = new Map<string, number>()
  const terms = documentTerms(text)
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return { counts, length: terms.length }
}

const longestPlainValue = 48

/**
 * A filter as a term of the index: equal values of one field, and only they, have equal terms. It begins with a zero,
 * as no word does.
 */
export function filterTerm(field: number, value: Value | undefined): string {
  const key = Buffer.from(encodeIndexKey([value]))
  const text =
    key.length <= longestPlainValue ? key.toString('latin1') : `#${createHash('sha256').update(key).digest('base64')}`
  return `\0${field}:${text}`
}

/** With it a longer word scores about half of what the whole word would. A sum of eighths, so that no sum is rounded. */
const prefixWeight = 0.375

/** How often a text holds the term; a word that only begins with it counts less. */
export function frequencyIn({ counts }: SearchTerms, { text, isPrefix }: QueryTerm): number {
  const exact = counts.get(text) ?? 0
  if (!isPrefix) return exact
  let longer = 0
  for (const [term, count] of counts) if (term.startsWith(text)) longer += count
  return weighted(exact, longer - exact)
}

export function weighted(exact: number, longer: number): number {
  return exact + prefixWeight * longer
}
