import type { JsonObject } from '../values/json-object.ts'
import type { Neighbour } from '../vectors/nearest.ts'
import type { Database } from './database.ts'
import { LiveVectorIndex } from './live-vector-index.ts'
import type { Schema } from './schema.ts'
import { Slices } from './slices.ts'
import type { VectorIndex } from './vector-index.ts'
import { planVectorSearch } from './vector-plan.ts'

/** The vector searches of an engine. An index takes memory from its first search on. */
export class VectorSearches {
  readonly #database: Database
  #schema: Schema
  readonly #slices = new Slices()
  readonly #live = new Map<VectorIndex, LiveVectorIndex>()

  constructor(database: Database, schema: Schema) {
    this.#database = database
    this.#schema = schema
    database.onCommit((_commit, written) => {
      for (const index of this.#live.values()) index.apply(written)
    })
  }

  /** Best first. Sees every commit before the call. Rejects with a sentence when the query cannot be. */
  async search(json: JsonObject): Promise<readonly Neighbour[]> {
    const { index, query } = planVectorSearch(this.#schema, json)
    const packed = await this.#liveIndex(index).filled
    return await this.#slices.run(packed.search(query))
  }

  /** Goes on with the indexes of another schema, each filled anew. */
  exchange(schema: Schema): void {
    this.#schema = schema
    this.#live.clear()
  }

  #liveIndex(index: VectorIndex): LiveVectorIndex {
    const known = this.#live.get(index)
    if (known !== undefined) return known
    const live = new LiveVectorIndex(this.#database, index, this.#slices)
    this.#live.set(index, live)
    // The next search tries again.
    live.filled.catch(() => this.#live.delete(index))
    return live
  }
}
