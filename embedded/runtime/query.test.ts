import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

let app: OpenEngine

beforeAll(async () => {
  app = await openEngine()
  await app.write('notes:addMany', { topic: 'a', from: 0, count: 50 })
  await app.write('notes:addMany', { topic: 'b', from: 50, count: 3 })
})
afterAll(async () => await app[Symbol.asyncDispose]())

test.each([
  ['the first of an index', 'notes:ofTopic', { topic: 'a', take: 3 }, [0, 1, 2]],
  ['the last of an index', 'notes:ofTopic', { topic: 'a', take: 3, order: 'desc' }, [49, 48, 47]],
  ['no further than the range', 'notes:ofTopic', { topic: 'b', take: 10 }, [50, 51, 52]],
  ['nothing', 'notes:ofTopic', { topic: 'c', take: 10 }, []],
  ['take(0)', 'notes:ofTopic', { topic: 'a', take: 0 }, []],
  ['a lower and an upper bound', 'notes:between', { from: 48, to: 52 }, [48, 49, 50, 51]],
  ['a filter', 'notes:evenRanks', {}, Array.from({ length: 27 }, (_, half) => half * 2)],
])('%s', async (_name, path, args, expected) => {
  expect(await app.read(path, args)).toEqual(expected)
})

test('a missing document is null, an id of another table is an argument error', async () => {
  const id = await app.write('notes:add', { topic: 'gone', rank: 0 })
  await app.write('notes:remove', { id })
  expect(await app.read('notes:get', { id })).toBeNull()
  const event = await app.write('work:record_', { name: 'x' })
  await expect(app.read('notes:get', { id: event })).rejects.toThrow(
    /^ArgumentValidationError: Found ID ".*" from table `events`, which does not match .* `v\.id\("notes"\)`/,
  )
})

test('pages follow each other without gap or overlap, and end', async () => {
  const ranks: unknown[] = []
  let cursor: string | null = null
  let pages = 0
  for (let isDone = false; !isDone; pages++) {
    const page = await readPage({ cursor, numItems: 20 })
    ranks.push(...page.ranks)
    cursor = page.continueCursor
    isDone = page.isDone
  }
  expect(ranks).toEqual(Array.from({ length: 50 }, (_, rank) => rank))
  expect(pages).toBe(3)
})

test('with its journal a page keeps its end although documents were added inside', async () => {
  const first = await readPage({ cursor: null, numItems: 10 })
  await app.write('notes:add', { topic: 'a', rank: 4.5 })
  const again = await readPage({ cursor: null, numItems: 10 }, first.journal)
  expect(again.ranks).toEqual([0, 1, 2, 3, 4, 4.5, 5, 6, 7, 8, 9])
  expect(again.continueCursor).toBe(first.continueCursor)
})

test('a cursor of another query makes the client begin again', async () => {
  const { continueCursor } = await readPage({ cursor: null, numItems: 5 })
  const args = { topic: 'b', paginationOpts: { cursor: continueCursor, numItems: 5 } }
  await expect(app.read('notes:page', args)).rejects.toThrow('InvalidCursor')
})

async function readPage(paginationOpts: { cursor: string | null; numItems: number }, journal: string | null = null) {
  const run = await app.query('notes:page', { topic: 'a', paginationOpts }, journal)
  if (!run.outcome.ok) throw new Error(run.outcome.errorMessage)
  const { page, isDone, continueCursor } = run.outcome.value as {
    page: { rank: number }[]
    isDone: boolean
    continueCursor: string
  }
  return { ranks: page.map(({ rank }) => rank), isDone, continueCursor, journal: run.journal }
}
