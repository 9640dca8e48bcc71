import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { encodeDocumentId, newInternalId } from '../values/document-id.ts'
import { seededRandom } from '../values/seeded-random.ts'
import type { Neighbour } from '../vectors/nearest.ts'
import { expectNearest, plainSearch, toEnd } from '../vectors/plain-search.ts'
import { unitVector } from '../vectors/unit-vector.ts'
import { applySchema } from './apply-schema.ts'
import { Components } from './components.ts'
import { Database } from './database.ts'
import { Document } from './document.ts'
import { LiveVectorIndex } from './live-vector-index.ts'
import type { Schema } from './schema.ts'
import type { Transaction } from './transaction.ts'
import type { VectorIndex } from './vector-index.ts'
import { VectorSearches } from './vector-searches.ts'

/**
 * Random commits to a real store, searched in between against a plain map, also while the index is being filled after
 * the store was opened again.
 */
interface Row {
  readonly [field: string]: number[] | string
  readonly vector: number[]
  readonly kind: string
}
type Model = Map<string, Row>

const seed = Math.floor(Math.random() * 2 ** 32)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vector-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const dimensions = 5
const index: VectorIndex = {
  table: 'rows',
  name: 'by_vector',
  vectorPath: ['vector'],
  dimensions,
  filterFields: ['kind'],
  filterPaths: [['kind']],
}
const vectorIndexes = new Map([[index.name, index]])
const rows = { name: 'rows', documentType: { type: 'any' }, indexes: [], searchIndexes: [], vectorIndexes } as const
const schema: Schema = { isEnforced: true, tables: new Map([['rows', rows]]) }

function openDatabase(): Database {
  const store = openSqliteStore(folder)
  return new Database(
    store,
    applySchema(store, [{ path: '', schema }], () => undefined),
  )
}

/** A database with its plain map, and short ways to change both. */
class Checked {
  readonly database = openDatabase()
  readonly model: Model
  readonly #table = this.database.catalog.table('rows')
  #transaction: Transaction | null = null

  constructor(model: Model = new Map()) {
    this.model = model
  }

  insert(row: Row): void {
    const _id = encodeDocumentId({ tableNumber: this.#table.number, internalId: newInternalId(Date.now()) })
    const _creationTime = this.database.nextCreationTime(Date.now())
    this.#open().insert(this.#table, _id, Document.written({ ...row, _id, _creationTime }))
    this.model.set(_id, row)
  }

  /** Null removes. */
  change(_id: string, row: Row | null): void {
    const transaction = this.#open()
    const current = transaction.get(this.#table, _id)
    if (current === null) throw new Error(`${_id} is missing`)
    const document = row && Document.written({ ...row, _id, _creationTime: current.creationTime })
    transaction.replace(this.#table, _id, current, document)
    if (row === null) this.model.delete(_id)
    else this.model.set(_id, row)
  }

  commit(): void {
    this.database.commit(this.#open())
    this.#transaction = null
  }

  #open(): Transaction {
    this.#transaction ??= this.database.begin()
    return this.#transaction
  }
}

test(`searches agree with a plain map (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const numbers = (count: number) => Array.from({ length: count }, () => upTo(7) - 3)
  const row = (): Row => ({ vector: numbers(random() < 0.1 ? upTo(9) : dimensions), kind: `kind ${upTo(3)}` })
  let checked = new Checked()
  let searches = new VectorSearches(checked.database)

  const commit = () => {
    for (let step = 1 + upTo(12); step > 0; step--) {
      const id = [...checked.model.keys()][upTo(checked.model.size)]
      if (id === undefined || random() < 0.5) checked.insert(row())
      else checked.change(id, random() < 0.4 ? null : row())
    }
    checked.commit()
  }
  const app = () => new Components(checked.database.catalog, [{ path: '', schema }]).of('')
  const compare = async () => {
    const vector = numbers(dimensions)
    const kind = random() < 0.5 ? null : `kind ${upTo(3)}`
    const limit = 1 + upTo(256)
    const expressions = kind === null ? null : { $eq: [{ $field: 'kind' }, { $literal: kind }] }
    const found = await searches.search(app(), { indexName: 'rows.by_vector', vector, limit, expressions })
    expectNearest(found, expected(checked.model, vector, kind), limit)
  }

  for (let round = 0; round < 200; round++) {
    commit()
    if (random() < 0.5) await compare()
    if (random() > 0.05) continue
    checked.database.store.close()
    checked = new Checked(checked.model)
    searches = new VectorSearches(checked.database)
  }
  await compare()
  checked.database.store.close()
})

test(`an index takes in what is committed while it is filled (seed ${seed})`, async () => {
  const random = seededRandom(seed)
  const checked = new Checked()
  const { database, model } = checked
  const row = (): Row => ({ vector: Array.from({ length: dimensions }, () => random() - 0.5), kind: 'kind' })
  for (let count = 0; count < 200; count++) checked.insert(row())
  checked.commit()

  // A commit between any two steps.
  const slices = {
    run: async <Result>(work: Generator<void, Result>): Promise<Result> => {
      for (;;) {
        const step = work.next()
        if (step.done === true) return step.value
        await Promise.resolve()
        const id = [...model.keys()][Math.floor(random() * model.size)]
        if (id === undefined || random() < 0.2) checked.insert(row())
        else checked.change(id, random() < 0.5 ? null : row())
        checked.commit()
      }
    },
  }
  const live = new LiveVectorIndex(database.store, database.catalog.table('rows'), index, slices)
  database.onCommit((_commit, written) => live.apply(written))
  const packed = await live.filled
  const search = (vector: Float32Array, limit: number) =>
    toEnd(packed.search({ vector, limit, filters: new Set() })).map(({ id }) => id)
  expect(search(new Float32Array(dimensions), 1000)).toEqual([...model.keys()].toSorted())
  for (const [id, { vector }] of model) {
    expect(search(unitVector(vector, dimensions) ?? new Float32Array(), 1)).toEqual([id])
  }
  database.store.close()
})

function expected(model: Model, vector: number[], kind: string | null): Neighbour[] {
  const matching = [...model].filter(
    ([, row]) => row.vector.length === dimensions && (kind === null || row.kind === kind),
  )
  return plainSearch(
    matching.map(([id, row]) => [id, row.vector]),
    vector,
  )
}
