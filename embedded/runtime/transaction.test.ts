import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { encodeDocumentId, newInternalId } from '../values/document-id.ts'
import { seededRandom } from '../values/seeded-random.ts'
import { applySchema } from './apply-schema.ts'
import { Database } from './database.ts'
import { Document } from './document.ts'
import { toKeyRange } from './index-range.ts'
import type { Transaction } from './transaction.ts'

/**
 * Random writes, roll-backs and scans against a plain map: a transaction sees its own writes, a snapshot sees only what
 * was committed before it, in both orders and at every batch size.
 */
interface Row {
  readonly group: number
  readonly rank: number
}
type Model = Map<string, Row>

const seed = Math.floor(Math.random() * 2 ** 32)
const folder = mkdtempSync(join(tmpdir(), 'transaction-test-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test(`transactions and snapshots agree with a plain map (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const database = openDatabase()
  const committed: Model = new Map()
  const snapshots: { transaction: Transaction; release: () => void; model: Model }[] = []

  for (let round = 0; round < 150; round++) {
    const transaction = database.begin()
    const model: Model = new Map(committed)
    const marks: { mark: number; model: Model }[] = []
    for (let step = upTo(12); step > 0; step--) {
      const action = random()
      if (action < 0.45) insert(database, transaction, model, { group: upTo(3), rank: upTo(20) })
      else if (action < 0.65) change(transaction, model, pick(model, random), { group: upTo(3), rank: upTo(20) })
      else if (action < 0.8) change(transaction, model, pick(model, random), null)
      else if (action < 0.9) marks.push({ mark: transaction.mark(), model: new Map(model) })
      else rollBack(transaction, model, marks.pop())
      compare(transaction, model, upTo(3), random() < 0.5 ? 'asc' : 'desc', 1 + upTo(4))
    }
    if (random() < 0.3) {
      const snapshot = database.snapshot()
      snapshots.push({ transaction: snapshot.transaction(), release: snapshot.release, model: new Map(committed) })
    }
    if (random() < 0.8) {
      database.commit(transaction)
      committed.clear()
      for (const [id, row] of model) committed.set(id, row)
    }
    for (const snapshot of snapshots) compare(snapshot.transaction, snapshot.model, upTo(3), 'asc', 1 + upTo(4))
    for (const snapshot of snapshots) compare(snapshot.transaction, snapshot.model, upTo(3), 'desc', 1 + upTo(4))
    if (snapshots.length > 4) snapshots.shift()?.release()
  }
  database.store.close()
})

function openDatabase(): Database {
  const store = openSqliteStore(folder)
  const rows = {
    name: 'rows',
    documentType: { type: 'any' },
    indexes: [{ name: 'by_group', fields: ['group', 'rank'] }],
    searchIndexes: [],
    vectorIndexes: new Map(),
  } as const
  const schema = { isEnforced: true, tables: new Map([['rows', rows]]) }
  return new Database(
    store,
    applySchema(store, [{ path: '', schema }], () => undefined),
  )
}

function insert(database: Database, transaction: Transaction, model: Model, row: Row): void {
  const table = transaction.catalog.table('rows')
  const _id = encodeDocumentId({ tableNumber: table.number, internalId: newInternalId(Date.now()) })
  const _creationTime = database.nextCreationTime(Date.now())
  transaction.insert(table, _id, Document.written({ ...row, _id, _creationTime }))
  model.set(_id, row)
}

function change(transaction: Transaction, model: Model, id: string | undefined, row: Row | null): void {
  if (id === undefined) return
  const table = transaction.catalog.table('rows')
  const current = transaction.get(table, id)
  if (current === null) throw new Error(`${id} is missing`)
  const _creationTime = Number(current.value['_creationTime'])
  transaction.replace(table, id, current, row && Document.written({ ...row, _id: id, _creationTime }))
  if (row === null) model.delete(id)
  else model.set(id, row)
}

function rollBack(transaction: Transaction, model: Model, to: { mark: number; model: Model } | undefined): void {
  if (to === undefined) return
  transaction.rollback(to.mark)
  model.clear()
  for (const [id, row] of to.model) model.set(id, row)
}

function compare(transaction: Transaction, model: Model, group: number, order: 'asc' | 'desc', batch: number): void {
  const table = transaction.catalog.table('rows')
  const index = table.indexes.get('by_group')
  if (index === undefined) throw new Error('The index is missing')
  const scan = transaction.scan(
    index,
    toKeyRange(index, [{ type: 'Eq', fieldPath: 'group', value: group }], order),
    batch,
  )
  const found: { id: string; rank: unknown }[] = []
  for (let next = scan.next(); next !== null; next = scan.next()) {
    found.push({ id: next.document.id, rank: next.document.value['rank'] })
  }
  const ranks = found.map(({ rank }) => Number(rank))
  expect(ranks).toEqual(ranks.toSorted((left, right) => (order === 'asc' ? left - right : right - left)))
  const expected = [...model].filter(([, row]) => row.group === group).map(([id, { rank }]) => ({ id, rank }))
  const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1)
  expect(found.toSorted(byId)).toEqual(expected.toSorted(byId))
}

function pick(model: Model, random: () => number): string | undefined {
  return [...model.keys()][Math.floor(random() * model.size)]
}
