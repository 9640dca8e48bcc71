import type { JsonObject } from '../values/json-object.ts'
import type { Neighbour } from '../vectors/nearest.ts'
import type { Catalog } from './catalog.ts'
import type { Component } from './components.ts'
import type { Database } from './database.ts'
import { LiveVectorIndex } from './live-vector-index.ts'
import { Slices } from './slices.ts'
import type { VectorIndex } from './vector-index.ts'
import { planVectorSearch } from './vector-plan.ts'

type SearchedComponent = Pick<Component, 'schema' | 'catalog'>

/** The vector searches of an engine. An index takes memory from its first search on. */
export class VectorSearches {
  readonly #database: Database
  readonly #slices = new Slices()
  /** Every component has indexes of its own, also of two that are the same one. */
  readonly #live = new Map<VectorIndex, LiveVectorIndex>()

  constructor(database: Database) {
    this.#database = database
    database.onCommit((_commit, written) => {
      for (const index of this.#live.values()) index.apply(written)
    })
  }

  /** Best first. Sees every commit before the call. Rejects with a sentence when the query cannot be. */
  async search({ schema, catalog }: SearchedComponent, json: JsonObject): Promise<readonly Neighbour[]> {
    const { index, query } = planVectorSearch(schema, json)
    const packed = await this.#liveIndex(index, catalog).filled
    return await this.#slices.run(packed.search(query))
  }

  /** Other schemas have taken the place of those before: every index is filled anew. */
  forget(): void {
    this.#live.clear()
  }

  #liveIndex(index: VectorIndex, catalog: Catalog): LiveVectorIndex {
    const known = this.#live.get(index)
    if (known !== undefined) return known
    const live = new LiveVectorIndex(this.#database.store, catalog.table(index.table), index, this.#slices)
    this.#live.set(index, live)
    // The next search tries again.
    live.filled.catch(() => this.#live.delete(index))
    return live
  }
}
