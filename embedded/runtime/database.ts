import { CommitClock } from '../store/commit-clock.ts'
import type { DocumentWrite, IndexKey, OrderedStore, RequestKey, SearchWrite } from '../store/store.ts'
import type { StoreCatalog, TableDefinition } from './catalog.ts'
import type { CommitRecord } from './commit-record.ts'
import { resolveCommitTs } from './commit-ts.ts'
import type { Document } from './document.ts'
import type { Commit } from './engine.ts'
import { placesOfKey } from './places.ts'
import { Overlay } from './overlay.ts'
import { isIndexedAlike, searchEntryOf } from './search-index.ts'
import { Transaction } from './transaction.ts'

/** A fixed state of the database, kept by an overlay of what was changed since. */
interface View {
  readonly ts: bigint
  readonly overlay: Overlay
  holders: number
}

export interface DatabaseSnapshot {
  readonly ts: bigint
  transaction(): Transaction
  release(): void
}

/** What a commit wrote, for those who count or keep up. */
export interface Written {
  readonly table: string
  readonly component: string
  readonly id: string
  /** Null: removed. */
  readonly document: Document | null
  readonly previous: Document | null
}

/** The committed state and everything that watches it change. */
export class Database {
  readonly store: OrderedStore
  readonly catalog: StoreCatalog
  readonly #clock: CommitClock
  readonly #views = new Set<View>()
  readonly #listeners = new Set<(commit: Commit, written: readonly Written[]) => void>()
  #creationTime: number
  #isClosed = false

  constructor(store: OrderedStore, catalog: StoreCatalog) {
    this.store = store
    this.catalog = catalog
    this.#clock = new CommitClock(store.latestTs(), Date.now())
    this.#creationTime = Number(this.#clock.latest / 1_000n) / 1_000
  }

  get latestTs(): bigint {
    return this.#clock.latest
  }

  onCommit(listener: (commit: Commit, written: readonly Written[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  snapshot(): DatabaseSnapshot {
    this.#assertOpen()
    const view = this.#viewOfNow()
    view.holders++
    let isReleased = false
    return {
      ts: view.ts,
      transaction: () => {
        if (isReleased) throw new Error('This snapshot was released')
        return new Transaction(this.catalog, this.store, view.overlay)
      },
      release: () => {
        if (isReleased) return
        isReleased = true
        view.holders--
        if (view.holders === 0) this.#views.delete(view)
      },
    }
  }

  /** Only one writing transaction may be open at a time (`runtime/mutex.ts`). */
  begin(): Transaction {
    this.#assertOpen()
    return new Transaction(this.catalog, this.store)
  }

  /** Milliseconds, greater than every creation time before. */
  nextCreationTime(nowMs: number): number {
    this.#creationTime = Math.max(nowMs, this.#creationTime + 0.001)
    return this.#creationTime
  }

  /** Makes the writes durable and then tells the listeners. Throws, with nothing written, when the store refuses. */
  commit(transaction: Transaction, request?: { key: RequestKey; outcome: string }): bigint {
    const ts = this.#clock.next(Date.now())
    const changes = changesOf(transaction, ts)
    if (changes.length === 0 && request === undefined) return this.#clock.latest
    const newTables = [...new Set(changes.map(({ table }) => table))].filter((table) => !this.catalog.isStored(table))
    this.store.commit({
      ts,
      writes: changes.map(toWrite),
      tables: newTables,
      indexes: newTables.flatMap((table) => [...table.indexes.values()]),
      ...(request && { request: { ...request.key, ts, outcome: request.outcome } }),
    })
    this.catalog.markStored(newTables)
    for (const view of this.#views) {
      for (const { table, id, stored, visible } of changes) view.overlay.preserve(table, id, stored, visible)
    }
    this.#clock.advance(ts)
    const keys = touchedKeys(changes)
    const record: CommitRecord = { ts, keys, searched: searchedDocuments(changes), places: placesOfKeys(keys) }
    const written = changes.map(({ table: { name, component }, id, stored, visible }) => ({
      table: name,
      component,
      id,
      document: visible,
      previous: stored,
    }))
    for (const listener of this.#listeners) listener(record, written)
    return ts
  }

  /** Commits nothing, and tells the listeners that everything may have changed. */
  touchAll(): void {
    const ts = this.#clock.next(Date.now())
    this.store.commit({ ts, writes: [], tables: [], indexes: [] })
    this.#clock.advance(ts)
    const record: CommitRecord = { ts, keys: new Map(), searched: new Map(), places: null, touchesAll: true }
    for (const listener of this.#listeners) listener(record, [])
  }

  close(): void {
    this.#isClosed = true
    this.store.close()
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new Error('The engine is closed.')
  }

  #viewOfNow(): View {
    for (const view of this.#views) if (view.ts === this.#clock.latest) return view
    const view = { ts: this.#clock.latest, overlay: new Overlay(), holders: 0 }
    this.#views.add(view)
    return view
  }
}

interface Change {
  readonly table: TableDefinition
  readonly id: string
  readonly stored: Document | null
  readonly visible: Document | null
}

function changesOf(transaction: Transaction, ts: bigint): Change[] {
  const changes: Change[] = []
  for (const change of transaction.overlay.changes()) {
    if (change.stored === change.visible) continue
    changes.push({ ...change, visible: change.visible && resolveCommitTs(change.visible, ts) })
  }
  return changes
}

function toWrite(change: Change): DocumentWrite {
  const { table, stored, visible } = change
  const removedKeys: IndexKey[] = []
  const addedKeys: IndexKey[] = []
  for (const index of table.indexes.values()) {
    const before = stored?.keyIn(index)
    const after = visible?.keyIn(index)
    if (before !== undefined && after !== undefined && Buffer.compare(before, after) === 0) continue
    if (before !== undefined) removedKeys.push({ index: index.id, key: before })
    if (after !== undefined) addedKeys.push({ index: index.id, key: after })
  }
  return {
    tableNumber: table.number,
    rowId: stored?.rowId ?? null,
    next: visible,
    removedKeys,
    addedKeys,
    searchWrites: searchWritesOf(change),
  }
}

function searchWritesOf({ table, stored, visible }: Change): SearchWrite[] {
  const writes: SearchWrite[] = []
  for (const index of table.searchIndexes.values()) {
    if (stored !== null && visible !== null && isIndexedAlike(index, stored, visible)) continue
    const entry = visible && searchEntryOf(index, visible)
    writes.push({ index: index.id, isIndexed: stored !== null, entry })
  }
  return writes
}

function searchedDocuments(changes: readonly Change[]): Map<number, Document[]> {
  const searched = new Map<number, Document[]>()
  for (const { table, stored, visible } of changes) {
    for (const { id } of table.searchIndexes.values()) {
      const documents = searched.get(id) ?? []
      if (stored !== null) documents.push(stored)
      if (visible !== null) documents.push(visible)
      searched.set(id, documents)
    }
  }
  return searched
}

function placesOfKeys(keys: CommitRecord['keys']): string[] {
  const places = new Set<string>()
  for (const [index, ofIndex] of keys) {
    for (const key of ofIndex) for (const place of placesOfKey(index, key)) places.add(place)
  }
  return [...places]
}

function touchedKeys(changes: readonly Change[]): Map<number, Uint8Array[]> {
  const keys = new Map<number, Uint8Array[]>()
  for (const { table, stored, visible } of changes) {
    for (const index of table.indexes.values()) {
      const touched = keys.get(index.id) ?? []
      if (stored !== null) touched.push(stored.keyIn(index))
      if (visible !== null) touched.push(visible.keyIn(index))
      keys.set(index.id, touched)
    }
  }
  return keys
}
