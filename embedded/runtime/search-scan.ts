import type { Matches } from '../search/matches.ts'
import { rank } from '../search/rank.ts'
import type { SearchQuery } from '../search/search-entry.ts'
import { compareKeys, encodeIndexKey } from '../values/index-key.ts'
import type { TableDefinition } from './catalog.ts'
import { Document } from './document.ts'
import type { DocumentScan, ScannedDocument, ScanSource } from './document-scan.ts'
import type { KeyRange } from './index-scan.ts'
import { matchDocument, type SearchIndexDefinition } from './search-index.ts'

/** Convex's documented limit of one search. */
const mostResults = 1024
/** Of searching again because commits changed the index; the last one gives way to none. */
const mostAttempts = 3

interface Result {
  readonly key: Uint8Array
  readonly load: () => Document
}

/**
 * The documents a search finds, best first, over the store and an overlay. Their order is fixed when the first is
 * asked for; the range is a range of places in it, for pages.
 */
export class SearchScan implements DocumentScan {
  readonly #source: ScanSource
  readonly #table: TableDefinition
  readonly #index: SearchIndexDefinition
  readonly #query: SearchQuery
  readonly #range: KeyRange
  #results: readonly Result[] | null = null
  #search: Generator<void, readonly Result[]> | null = null
  #preparing: Promise<void> | undefined
  #version = 0
  #position = 0

  constructor(
    source: ScanSource,
    table: TableDefinition,
    index: SearchIndexDefinition,
    query: SearchQuery,
    range: KeyRange,
  ) {
    this.#source = source
    this.#table = table
    this.#index = index
    this.#query = query
    this.#range = range
  }

  prepare(breathe: () => Promise<void> | undefined): Promise<void> | undefined {
    if (this.#results === null) this.#preparing ??= this.#runSearch(breathe)
    return this.#preparing
  }

  next(): ScannedDocument | null {
    this.#results ??= toEnd((this.#search ??= this.#find()))
    for (;;) {
      if (this.#position === mostResults) {
        throw new Error(
          `Search query scanned too many documents (fetched ${mostResults}). ` +
            'Take fewer, read them page by page, or search with a filter field.',
        )
      }
      const result = this.#results[this.#position]
      if (result === undefined) return null
      this.#position++
      const document = this.#asItIsNow(result.load())
      if (document !== null) return { key: result.key, document }
    }
  }

  /** What a search reads is recorded when it runs: which documents match does not depend on how many are taken. */
  close(): void {}

  async #runSearch(breathe: () => Promise<void> | undefined): Promise<void> {
    this.#search ??= this.#find()
    for (;;) {
      const step = this.#search.next()
      if (step.done === true) {
        this.#results ??= step.value
        break
      }
      const pause = breathe()
      if (pause !== undefined) await pause
    }
    this.#preparing = undefined
  }

  *#find(): Generator<void, readonly Result[]> {
    const { terms } = this.#query
    if (terms.length === 0) return []
    const { reads, store } = this.#source
    reads.recordSearch(this.#index, this.#query)
    for (let attempt = 1; ; attempt++) {
      this.#version = this.#source.version()
      const { hidden, shown } = this.#overlaid()
      const search = store.search(this.#index.id, this.#query, hidden)
      // Commits that come one after the other must not keep it from its end.
      const matches = attempt < mostAttempts ? yield* search : toEnd(search)
      if (matches === null) continue
      for (const [position, document] of shown.entries()) {
        const frequencies = matchDocument(this.#index, this.#query, document)
        if (frequencies === null) continue
        const { length } = document.termsAt(this.#index.searchPath)
        // Rows are numbered from 1: what is less stands for a document of the overlay.
        matches.push(-position, document.creationTime, length, frequencies)
      }
      return yield* this.#ranked(matches, shown)
    }
  }

  /** The rows of the store that the overlay says something of, and the documents it shows. */
  #overlaid(): { hidden: ReadonlySet<number>; shown: readonly Document[] } {
    const hidden = new Set<number>()
    const shown: Document[] = []
    for (const { id, visible, stored } of this.#source.overlay.documentsOf(this.#table)) {
      const rowId = stored === null ? null : (stored.rowId ?? this.#rowOf(id))
      if (rowId !== null) hidden.add(rowId)
      if (visible !== null) shown.push(visible)
    }
    return { hidden, shown }
  }

  *#ranked(matches: Matches, shown: readonly Document[]): Generator<void, readonly Result[]> {
    const { lower, upper } = this.#range
    const ranked = yield* rank(matches, this.#query.terms.length, mostResults)
    return ranked
      .map(({ rowId, score, creationTime }) => ({
        key: encodeIndexKey([-score, -creationTime]),
        load: () => shown[-rowId] ?? this.#stored(rowId),
      }))
      .filter(({ key }) => compareKeys(key, lower) >= 0 && (upper === null || compareKeys(key, upper) < 0))
  }

  #stored(rowId: number): Document {
    // Commits may have come since the search.
    const kept = this.#source.overlay.keptAtRow(rowId)
    if (kept !== undefined) return kept
    const row = this.#source.store.findRow(rowId)
    if (row === null) throw new Error(`A search index names document ${rowId}, which is gone; the file is damaged.`)
    return Document.stored(row)
  }

  #rowOf(id: string): number | null {
    return this.#source.store.find(this.#table.byId.id, encodeIndexKey([id]))?.rowId ?? null
  }

  /** A mutation may have written since the search. */
  #asItIsNow(document: Document): Document | null {
    if (this.#source.version() === this.#version) return document
    const shown = this.#source.overlay.find(document.id)
    return shown === undefined ? document : shown
  }
}

function toEnd<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
