import type { OrderedStore } from '../store/store.ts'
import { encodeIndexKey } from '../values/index-key.ts'
import type { IndexDefinition, StoreCatalog, TableDefinition } from './catalog.ts'
import { Document } from './document.ts'
import type { DocumentScan, ScanSource } from './document-scan.ts'
import { IndexScan, type KeyRange } from './index-scan.ts'
import { Overlay } from './overlay.ts'
import type { QueryPlan } from './query-plan.ts'
import { ReadRecorder } from './read-set.ts'
import { SearchScan } from './search-scan.ts'
import { Usage } from './usage.ts'

interface Undo {
  readonly table: TableDefinition
  readonly id: string
  /** Undefined: the transaction had not touched the document. */
  readonly previous: Document | null | undefined
}

/**
 * Reads and writes of one query or mutation over a fixed state of the store. Nested calls share it: a failed one is
 * rolled back to the point where it began.
 */
export class Transaction {
  readonly catalog: StoreCatalog
  readonly reads = new ReadRecorder()
  readonly usage = new Usage()
  readonly overlay: Overlay
  readonly #source: ScanSource
  readonly #store: OrderedStore
  readonly #undo: Undo[] = []
  /** Ids that `get` was asked for: the same point again is no further range. */
  readonly #gotten = new Set<string>()
  #writes = 0

  constructor(catalog: StoreCatalog, store: OrderedStore, overlay: Overlay = new Overlay()) {
    this.catalog = catalog
    this.#store = store
    this.overlay = overlay
    this.#source = { store, overlay, reads: this.reads, version: () => this.#writes }
  }

  get hasWrites(): boolean {
    return !this.overlay.isEmpty
  }

  get(table: TableDefinition, id: string): Document | null {
    const key = encodeIndexKey([id])
    if (!this.#gotten.has(id)) {
      this.#gotten.add(id)
      this.usage.add('indexRanges', 1)
    }
    this.reads.recordPoint(table.byId.id, key)
    let document = this.overlay.find(id)
    if (document === undefined) {
      const row = this.#store.find(table.byId.id, key)
      document = row === null ? null : Document.stored(row)
    }
    this.usage.read(1, document?.size ?? 0)
    return document
  }

  scan(index: IndexDefinition, range: KeyRange, expected: number): IndexScan {
    this.usage.add('indexRanges', 1)
    return new IndexScan(this.#source, index, range, expected)
  }

  /** `expected` is how many documents the caller is likely to take. */
  open({ source, range }: QueryPlan, expected: number): DocumentScan {
    if (source.kind === 'index') return this.scan(source.index, range, expected)
    const table = this.catalog.byNumber(source.index.tableNumber)
    if (table === undefined) throw new Error(`The table of the search index ${source.index.name} is missing`)
    this.usage.add('indexRanges', 1)
    return new SearchScan(this.#source, table, source.index, source.query, range)
  }

  insert(table: TableDefinition, id: string, document: Document): void {
    this.#write(table, id, document, null)
  }

  /** `current` is what `get` gives now; `next` is null to remove the document. */
  replace(table: TableDefinition, id: string, current: Document, next: Document | null): void {
    this.#write(table, id, next, current)
  }

  /** A point to roll back to. */
  mark(): number {
    return this.#undo.length
  }

  rollback(mark: number): void {
    for (const { table, id, previous } of this.#undo.splice(mark).toReversed()) {
      if (previous === undefined) this.overlay.forget(id)
      else this.overlay.show(table, id, previous, null)
    }
    this.#writes++
  }

  #write(table: TableDefinition, id: string, next: Document | null, current: Document | null): void {
    this.usage.wrote(1, next?.size ?? 0)
    this.#undo.push({ table, id, previous: this.overlay.find(id) })
    this.overlay.show(table, id, next, current)
    this.#writes++
  }
}
