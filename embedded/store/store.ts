import type { Matches } from '../search/matches.ts'
import type { SearchEntry, SearchQuery } from '../search/search-entry.ts'

/**
 * An ordered store: documents, and for every index of a table a sorted list of keys that point at them. It holds the
 * latest committed state only; older views are kept above it (`runtime/overlay.ts`). Every call is synchronous.
 */
export interface OrderedStore {
  find(index: number, key: Uint8Array): DocumentRow | null
  /** At most `limit` entries with `lower <= key < upper`, in the given order. */
  scan(range: ScanRange, limit: number): Entry[]
  findRow(rowId: number): DocumentRow | null
  /**
   * Every document that fulfils the filters and holds at least one of the terms, except those of `hidden`. In steps of
   * a few milliseconds; null when a commit changed the index between two of them.
   */
  search(index: number, query: SearchQuery, hidden: ReadonlySet<number>): Generator<void, Matches | null>
  /** All or nothing, durable against a killed process when it returns. */
  commit(batch: Batch): void
  findRequest(request: RequestKey): RecordedRequest | null
  /** Forgets requests recorded before `ts`. */
  forgetRequests(ts: bigint): void
  catalog(): StoredCatalog
  /** Applies new tables and indexes and drops old indexes together with their entries. */
  changeCatalog(change: CatalogChange): void
  latestTs(): bigint
  readMeta(key: string): string | null
  /** Keeps a copy of the whole state beside it, and the newest few of those made before. Gives where it lies. */
  keepBackup(): string
  close(): void
}

export type Order = 'asc' | 'desc'

export interface ScanRange {
  readonly index: number
  readonly lower: Uint8Array
  /** Null: no upper bound. */
  readonly upper: Uint8Array | null
  readonly order: Order
}

export interface DocumentRow {
  readonly rowId: number
  /** The document as `convexToJson` gives it. */
  readonly json: string
  /** `getDocumentSize`, in bytes. */
  readonly size: number
}

export interface Entry {
  readonly key: Uint8Array
  readonly row: DocumentRow
}

export interface IndexKey {
  readonly index: number
  readonly key: Uint8Array
}

export interface DocumentWrite {
  readonly tableNumber: number
  /** Null for a new document. */
  readonly rowId: number | null
  /** Null for a removed document. */
  readonly next: { readonly json: string; readonly size: number } | null
  readonly removedKeys: readonly IndexKey[]
  readonly addedKeys: readonly IndexKey[]
  readonly searchWrites: readonly SearchWrite[]
}

export interface SearchWrite {
  readonly index: number
  /** Whether the index holds the document. */
  readonly isIndexed: boolean
  /** What it is to hold; null: nothing. */
  readonly entry: SearchEntry | null
}

export interface Batch {
  readonly ts: bigint
  readonly writes: readonly DocumentWrite[]
  readonly tables: readonly StoredTable[]
  readonly indexes: readonly StoredIndex[]
  readonly request?: RequestKey & RecordedRequest
}

export interface RequestKey {
  readonly sessionId: string
  readonly requestId: number
}

export interface RecordedRequest {
  readonly ts: bigint
  /** The successful outcome, as JSON. */
  readonly outcome: string
}

export interface StoredTable {
  /** Of no other table, also of another component. */
  readonly number: number
  readonly name: string
  /** The component it belongs to; empty for the app. */
  readonly component: string
}

export interface StoredIndex {
  readonly id: number
  readonly tableNumber: number
  readonly name: string
  readonly fields: readonly string[]
}

export interface StoredSearchIndex {
  readonly id: number
  readonly tableNumber: number
  readonly name: string
  readonly searchField: string
  readonly filterFields: readonly string[]
}

export interface StoredCatalog {
  readonly tables: readonly StoredTable[]
  readonly indexes: readonly StoredIndex[]
  /** Their ids are none of the other indexes'. */
  readonly searchIndexes: readonly StoredSearchIndex[]
}

export interface CatalogChange {
  readonly addedTables: readonly StoredTable[]
  readonly addedIndexes: readonly StoredIndex[]
  readonly droppedIndexes: readonly number[]
  readonly addedSearchIndexes: readonly StoredSearchIndex[]
  readonly droppedSearchIndexes: readonly number[]
  /** The entries of the added indexes; called inside the store's transaction. */
  readonly backfill: () => Iterable<IndexKey & { readonly rowId: number }>
  /** The documents of an added search index. */
  readonly backfillSearch: (index: number) => Iterable<{ readonly rowId: number; readonly entry: SearchEntry }>
  readonly meta: Readonly<Record<string, string>>
}
