import type { JSONValue } from 'convex/values'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import type { Commit } from './engine.ts'

let app: OpenEngine
/** A topic of its own for every test, with the ranks 0 to 9. */
let topic = ''
let topics = 0
beforeAll(async () => {
  app = await openEngine()
})
beforeEach(async () => {
  topic = `topic ${topics++}`
  await app.write('notes:addMany', { topic, from: 0, count: 10 })
})
afterAll(async () => await app[Symbol.asyncDispose]())

type Args = { [name: string]: JSONValue }

test.each<[string, string, Args, Args, boolean]>([
  ['behind the last taken', 'notes:ofTopic', { take: 3 }, { rank: 3 }, false],
  ['before the last taken', 'notes:ofTopic', { take: 3 }, { rank: 1.5 }, true],
  ['descending, at the head', 'notes:ofTopic', { take: 3, order: 'desc' }, { rank: 99 }, true],
  ['descending, behind the last taken', 'notes:ofTopic', { take: 3, order: 'desc' }, { rank: 5 }, false],
  ['behind an exhausted range', 'notes:ofTopic', { take: 100 }, { rank: 99 }, true],
  ['another prefix of the index', 'notes:ofTopic', { take: 100 }, { topic: 'other', rank: 1 }, false],
  ['an empty range that fills', 'notes:ofTopic', { topic: 'new', take: 1 }, { topic: 'new', rank: 1 }, true],
  ['behind a page', 'notes:page', { paginationOpts: { cursor: null, numItems: 3 } }, { rank: 5 }, false],
  ['inside a page', 'notes:page', { paginationOpts: { cursor: null, numItems: 3 } }, { rank: 0.5 }, true],
  ['through a nested query', 'nested:viaQuery', {}, { rank: 77 }, true],
  ['beside a nested query', 'nested:viaQuery', {}, { topic: 'other', rank: 77 }, false],
])('%s', async (_name, path, args, added, isTouched) => {
  const { readSet } = await app.query(path, { topic, ...args })
  const commit = await commitOf(() => app.write('notes:add', { topic, ...added }))
  expect(readSet.overlaps(commit)).toBe(isTouched)
})

test('a full scan is touched by everything', async () => {
  const { readSet } = await app.query('notes:evenRanks')
  expect(readSet.overlaps(await commitOf(() => app.write('notes:add', { topic: 'z', rank: 1 })))).toBe(true)
})

test('a document that moves out of the range touches it', async () => {
  const id = await app.write('notes:add', { topic: 'b', rank: 1 })
  const { readSet } = await app.query('notes:ofTopic', { topic: 'b', take: 9 })
  expect(readSet.overlaps(await commitOf(() => app.write('notes:patch', { id, fields: { topic: 'c' } })))).toBe(true)
})

test('a document whose key stays the same touches what read it', async () => {
  const id = await app.write('notes:add', { topic, rank: 99 })
  const { readSet } = await app.query('notes:ofTopic', { topic, take: 99 })
  expect(readSet.overlaps(await commitOf(() => app.write('notes:patch', { id, fields: { text: 'x' } })))).toBe(true)
})

test('a document and its absence are points', async () => {
  const id = await app.write('notes:add', { topic, rank: 11 })
  const other = await app.write('notes:add', { topic, rank: 12 })
  const { readSet } = await app.query('notes:get', { id })
  expect(readSet.overlaps(await commitOf(() => app.write('notes:remove', { id: other })))).toBe(false)
  expect(readSet.overlaps(await commitOf(() => app.write('notes:remove', { id })))).toBe(true)
  const absent = await app.query('notes:get', { id })
  expect(absent.readSet.overlaps(await commitOf(() => app.write('notes:add', { topic, rank: 13 })))).toBe(false)
})

async function commitOf(write: () => Promise<unknown>): Promise<Commit> {
  const commits: Commit[] = []
  const stop = app.engine.onCommit((commit) => commits.push(commit))
  await write()
  stop()
  const [commit] = commits
  if (commit === undefined || commits.length > 1) throw new Error(`${commits.length} commits instead of one`)
  return commit
}
