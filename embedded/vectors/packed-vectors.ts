import { nearest, type Neighbour } from './nearest.ts'
import { VectorBlocks } from './vector-blocks.ts'

export interface VectorQuery {
  /** Of length 1, or of zeros. */
  readonly vector: Float32Array
  readonly limit: number
  /** A document must fulfil one of them; with none, every document does. */
  readonly filters: ReadonlySet<string>
}

/**
 * The vectors of one index in memory, by document. A search goes over all of them in steps and sees the state in which
 * it began: what is removed meanwhile stays in its row until no search is under way.
 */
export class PackedVectors {
  readonly #blocks: VectorBlocks
  readonly #rows = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #filters: (readonly string[])[] = []
  /** By row: 0, or the number of its removal. */
  readonly #removedAt: number[] = []
  readonly #free: number[] = []
  #removals = 0
  #searches = 0

  constructor(dimensions: number) {
    this.#blocks = new VectorBlocks(dimensions)
  }

  /** `vector` is of length 1, or of zeros. */
  set(id: string, vector: Float32Array, filters: readonly string[]): void {
    this.remove(id)
    const row = (this.#searches === 0 ? this.#free.pop() : undefined) ?? this.#ids.length
    this.#blocks.set(row, vector)
    this.#ids[row] = id
    this.#filters[row] = filters
    this.#removedAt[row] = 0
    this.#rows.set(id, row)
  }

  /** Does nothing when there is no such document. */
  remove(id: string): void {
    const row = this.#rows.get(id)
    if (row === undefined) return
    this.#rows.delete(id)
    this.#removedAt[row] = ++this.#removals
    this.#free.push(row)
  }

  /** A step is a fraction of a millisecond. */
  *search({ vector, limit, filters }: VectorQuery): Generator<void, readonly Neighbour[]> {
    const rowCount = this.#ids.length
    const removals = this.#removals
    const best = nearest(limit)
    const padded = this.#blocks.padded(vector)
    this.#searches++
    try {
      for (let row = 0; row < rowCount; row++) {
        if (row % this.#blocks.rowsPerBlock === 0) yield
        if (this.#isThere(row, removals) && this.#passes(row, filters)) {
          best.add({ id: this.#ids[row] ?? '', score: this.#blocks.cosine(row, padded) })
        }
      }
    } finally {
      this.#searches--
    }
    return best.items
  }

  #isThere(row: number, removals: number): boolean {
    const removedAt = this.#removedAt[row] ?? 0
    return removedAt === 0 || removedAt > removals
  }

  #passes(row: number, filters: ReadonlySet<string>): boolean {
    return filters.size === 0 || this.#filters[row]?.some((filter) => filters.has(filter)) === true
  }
}
