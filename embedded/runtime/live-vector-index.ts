import type { OrderedStore } from '../store/store.ts'
import { valueAtPath } from '../values/field-path.ts'
import { afterKey } from '../values/index-key.ts'
import { PackedVectors } from '../vectors/packed-vectors.ts'
import { unitVector } from '../vectors/unit-vector.ts'
import type { TableDefinition } from './catalog.ts'
import type { Written } from './database.ts'
import { Document } from './document.ts'
import type { Slices } from './slices.ts'
import { vectorFiltersOf, type VectorIndex } from './vector-index.ts'

/** Documents that are read at once; one has at most 1 MiB. */
const batch = 8

/** One vector index: filled from the documents as they are, kept up with commits from the first moment on. */
export class LiveVectorIndex {
  /** The vectors, once all are there. */
  readonly filled: Promise<PackedVectors>
  readonly #store: OrderedStore
  readonly #table: TableDefinition
  readonly #index: VectorIndex
  readonly #packed: PackedVectors
  /** What was committed while the index is being filled: what is read from before must not replace it. */
  #committed: Set<string> | null = new Set()

  constructor(store: OrderedStore, table: TableDefinition, index: VectorIndex, slices: Pick<Slices, 'run'>) {
    this.#store = store
    this.#table = table
    this.#index = index
    this.#packed = new PackedVectors(index.dimensions)
    this.filled = slices.run(this.#fill())
  }

  apply(written: readonly Written[]): void {
    for (const { table, component, id, document } of written) {
      if (table !== this.#table.name || component !== this.#table.component) continue
      this.#committed?.add(id)
      this.#set(id, document)
    }
  }

  *#fill(): Generator<void, PackedVectors> {
    const index = this.#table.byCreationTime.id
    let lower: Uint8Array = new Uint8Array()
    for (;;) {
      const entries = this.#store.scan({ index, lower, upper: null, order: 'asc' }, batch)
      for (const { row } of entries) {
        const document = Document.stored(row)
        if (this.#committed?.has(document.id) !== true) this.#set(document.id, document)
        yield
      }
      const last = entries.at(-1)
      if (last === undefined || entries.length < batch) break
      lower = afterKey(last.key)
    }
    this.#committed = null
    return this.#packed
  }

  #set(id: string, document: Document | null): void {
    const { vectorPath, dimensions } = this.#index
    const vector = document && unitVector(valueAtPath(document.value, vectorPath), dimensions)
    if (document === null || vector === null) this.#packed.remove(id)
    else this.#packed.set(id, vector, vectorFiltersOf(this.#index, document))
  }
}
