import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { queryTerms } from '../search/tokenize.ts'
import { filterTerm } from '../search/search-entry.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { encodeDocumentId, newInternalId } from '../values/document-id.ts'
import { seededRandom } from '../values/seeded-random.ts'
import { applySchema } from './apply-schema.ts'
import { Database } from './database.ts'
import { Document } from './document.ts'
import type { DocumentScan } from './document-scan.ts'
import type { Transaction } from './transaction.ts'

/**
 * Random writes and searches against a plain map: transactions, snapshots, and the store after it was opened again find
 * exactly the documents that hold a word and fulfil the filters, over enough commits that segments are merged and
 * rewritten. A commit changes nothing in their order.
 */
interface Row {
  readonly text: string
  readonly shelf?: string
}
type Model = Map<string, Row>

const seed = Math.floor(Math.random() * 2 ** 32)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test(`searches agree with a plain map (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const word = () => 'abcdefgh'.charAt(upTo(8)) + 'xyz'.repeat(upTo(3)).slice(0, upTo(6))
  const row = (): Row => {
    const text = Array.from({ length: upTo(30) }, word).join(' ')
    return random() < 0.3 ? { text } : { text, shelf: `shelf ${upTo(3)}` }
  }
  let database = openDatabase()
  const committed: Model = new Map()
  const snapshots: { transaction: Transaction; release: () => void; model: Model }[] = []

  const compare = (transaction: Transaction, model: Model) => {
    const words = Array.from({ length: 1 + upTo(3) }, word)
    const shelf = random() < 0.3 ? undefined : random() < 0.3 ? null : `shelf ${upTo(3)}`
    expect(search(transaction, words, shelf).toSorted()).toEqual(expected(model, words, shelf))
  }

  for (let round = 0; round < 250; round++) {
    const transaction = database.begin()
    const model: Model = new Map(committed)
    const mark = transaction.mark()
    for (let step = upTo(10); step > 0; step--) {
      const id = [...model.keys()][upTo(model.size)]
      if (id === undefined || random() < 0.5) insert(database, transaction, model, row())
      else change(transaction, model, id, random() < 0.5 ? row() : null)
      if (random() < 0.2) compare(transaction, model)
    }
    if (random() < 0.1) {
      transaction.rollback(mark)
      compare(transaction, committed)
      continue
    }
    if (random() < 0.3) {
      const snapshot = database.snapshot()
      snapshots.push({ transaction: snapshot.transaction(), release: snapshot.release, model: new Map(committed) })
    }
    const words = [word(), word()]
    const before = search(transaction, words, undefined)
    database.commit(transaction)
    expect(search(database.begin(), words, undefined)).toEqual(before)
    committed.clear()
    for (const [id, kept] of model) committed.set(id, kept)
    for (const snapshot of snapshots) compare(snapshot.transaction, snapshot.model)
    if (snapshots.length > 4) snapshots.shift()?.release()
    if (round % 60 === 59) {
      for (const { release } of snapshots.splice(0)) release()
      database.store.close()
      database = openDatabase()
      compare(database.begin(), committed)
    }
  }
  const [first = ''] = [...committed.keys()]
  const rest = database.begin()
  for (const id of committed.keys()) if (id !== first) change(rest, new Map(), id, null)
  database.commit(rest)
  for (const id of [...committed.keys()].slice(1)) committed.delete(id)
  for (let times = 0; times < 10; times++) compare(database.begin(), committed)
  database.store.close()
})

test.each([1, 2, Infinity])(
  `a search that commits interrupt, %i times at most, finds what there was (seed ${seed})`,
  async (most) => {
    const random = seededRandom(seed)
    const upTo = (times: number) => Math.floor(random() * times)
    const row = (): Row => ({ text: `${'ab'.charAt(upTo(2))} ${'cd'.charAt(upTo(2))}` })
    const database = openDatabase()
    const committed: Model = new Map()
    // Fewer than are merged, so that there are several segments.
    for (let commits = 0; commits < 7; commits++) {
      const transaction = database.begin()
      for (let count = 0; count < 20; count++) insert(database, transaction, committed, row())
      database.commit(transaction)
    }
    const before: Model = new Map(committed)
    const snapshot = database.snapshot()
    let interruptions = 0
    const breathe = () => {
      if (++interruptions > most) return undefined
      const transaction = database.begin()
      for (const id of [...committed.keys()].filter(() => random() < 0.3)) {
        change(transaction, committed, id, random() < 0.5 ? row() : null)
      }
      for (let count = 0; count < 5; count++) insert(database, transaction, committed, row())
      database.commit(transaction)
      return Promise.resolve()
    }
    const found = await searchInSteps(snapshot.transaction(), ['a'], breathe)
    expect(interruptions).toBeGreaterThan(1)
    expect(found.toSorted()).toEqual(expected(before, ['a'], undefined))
    expect(search(database.begin(), ['a'], undefined).toSorted()).toEqual(expected(committed, ['a'], undefined))
    snapshot.release()
    database.store.close()
  },
)

function openDatabase(): Database {
  const store = openSqliteStore(folder)
  const rows = {
    name: 'rows',
    documentType: { type: 'any' },
    indexes: [],
    searchIndexes: [{ name: 'by_text', searchField: 'text', filterFields: ['shelf'] }],
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

function change(transaction: Transaction, model: Model, id: string, row: Row | null): void {
  const table = transaction.catalog.table('rows')
  const current = transaction.get(table, id)
  if (current === null) throw new Error(`${id} is missing`)
  const _creationTime = current.creationTime
  transaction.replace(table, id, current, row && Document.written({ ...row, _id: id, _creationTime }))
  if (row === null) model.delete(id)
  else model.set(id, row)
}

/** The ids, best first. `shelf`: null for rows without one, undefined for all. */
function search(transaction: Transaction, words: readonly string[], shelf: string | null | undefined): string[] {
  return idsOf(open(transaction, words, shelf))
}

async function searchInSteps(
  transaction: Transaction,
  words: readonly string[],
  breathe: () => Promise<void> | undefined,
): Promise<string[]> {
  const scan = open(transaction, words, undefined)
  await scan.prepare?.(breathe)
  return idsOf(scan)
}

function idsOf(scan: DocumentScan): string[] {
  const ids: string[] = []
  for (let next = scan.next(); next !== null; next = scan.next()) ids.push(next.document.id)
  return ids
}

function open(transaction: Transaction, words: readonly string[], shelf: string | null | undefined): DocumentScan {
  const index = transaction.catalog.table('rows').searchIndexes.get('by_text')
  if (index === undefined) throw new Error('The search index is missing')
  const query = {
    terms: queryTerms(words.join(' '), 16),
    filters: shelf === undefined ? [] : [filterTerm(0, shelf ?? undefined)],
  }
  const range = { lower: new Uint8Array(), upper: null, order: 'asc' } as const
  return transaction.open({ source: { kind: 'search', index, query }, range, operators: [] }, 10)
}

function expected(model: Model, words: readonly string[], shelf: string | null | undefined): string[] {
  const last = words.at(-1) ?? ''
  const matches = ({ text }: Row) =>
    text.split(' ').some((word) => words.includes(word) || (word !== '' && word.startsWith(last)))
  const passes = (row: Row) => shelf === undefined || row.shelf === (shelf ?? undefined)
  return [...model]
    .filter(([, row]) => matches(row) && passes(row))
    .map(([id]) => id)
    .toSorted()
}
