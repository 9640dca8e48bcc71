import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getDocumentSize } from 'convex/values'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

let app: OpenEngine
/** A topic of its own for every test. */
let topic = ''
let topics = 0
beforeAll(async () => {
  app = await openEngine({ env: { GREETING: 'hello' }, transactionTimeoutMs: 2_000 })
})
beforeEach(() => {
  topic = `topic ${topics++}`
})
afterAll(async () => await app[Symbol.asyncDispose]())

test('a failed mutation leaves nothing, and tells its data', async () => {
  const before = app.engine.latestTs()
  const { outcome, ts } = await app.mutation('notes:refuse', { topic })
  expect(outcome).toMatchObject({ ok: false, errorData: { code: 'refused', topic } })
  expect(outcome).toHaveProperty('errorMessage', expect.stringMatching(/^Uncaught ConvexError: /))
  expect(ts).toBe(before)
  expect(await app.read('notes:ofTopic', { topic, take: 9 })).toEqual([])
})

test('a failed nested mutation is rolled back alone', async () => {
  expect(await app.write('nested:survivesChild', { topic })).toEqual({
    code: { code: 'refused', topic },
    count: 2,
  })
  expect(await app.read('notes:ofTopic', { topic, take: 9 })).toEqual([1, 2])
})

test('writes beside a failing nested mutation stay', async () => {
  expect(await app.write('nested:besideChild', { topic })).toBe(1)
})

test('a mutation sees what it writes while it iterates', async () => {
  await app.write('notes:addMany', { topic, from: 0, count: 5 })
  expect(await app.write('nested:rewrites', { topic })).toEqual([0, 1, 2, 3, 4, 10, 11, 12])
})

test('mutations run one after the other', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, from) => app.write('notes:addMany', { topic, from, count: 1 })))
  expect(await app.read('notes:ofTopic', { topic, take: 99 })).toHaveLength(20)
})

test('every commit is told at once, in order, and ends with the value of latestTs', async () => {
  const told: bigint[] = []
  app.engine.onCommit(({ ts }) => told.push(ts))
  const { ts } = await app.mutation('notes:add', { topic: 'a', rank: 1 })
  await app.mutation('notes:add', { topic: 'a', rank: 2 })
  expect(told).toHaveLength(2)
  expect(told[0]).toBe(ts)
  expect(told[1]).toBe(app.engine.latestTs())
})

test.each([
  ['unknown', 'notes:nothing', {}, /^Could not find public function for 'notes:nothing'/],
  ['internal', 'work:record', { name: 'x' }, /^Could not find public function for 'work:record'/],
  [
    'of another kind',
    'notes:get',
    { id: 'x' },
    /^Trying to execute notes:get as Mutation, but it is defined as Query\./,
  ],
  [
    'extra argument',
    'notes:add',
    { topic: 'a', rank: 1, x: 1 },
    /^ArgumentValidationError: Object contains extra field `x`/,
  ],
  [
    'missing argument',
    'notes:add',
    { topic: 'a' },
    /^ArgumentValidationError: Object is missing the required field `rank`/,
  ],
  [
    'wrong argument',
    'notes:add',
    { topic: 1, rank: 1 },
    /^ArgumentValidationError: Value does not match validator\.\nPath: \.topic/,
  ],
  ['no object', 'notes:add', [], /^ArgumentValidationError: /],
  [
    'unknown field',
    'notes:insertAnything',
    { table: 'notes', document: { topic: 'a', rank: 1, x: 1 } },
    /does not match the schema/,
  ],
  [
    'a system field',
    'notes:insertAnything',
    { table: 'notes', document: { topic: 'a', rank: 1, _x: 1 } },
    /underscore/,
  ],
  ['a system table', 'notes:insertAnything', { table: '_storage', document: {} }, /System tables/],
  ['a lone surrogate', 'notes:add', { topic: '\ud800', rank: 1 }, /unpaired surrogate/],
  [
    'over 1 MiB',
    'notes:add',
    { topic: 'a'.repeat(1 << 20), rank: 1 },
    /Value is too large \(1\.00 MiB > maximum size 1 MiB\)/,
  ],
  ['a timer', 'sandbox:waits', {}, /Can't use setTimeout\(\) in queries and mutations/],
])('refused: %s', async (_name, path, args, message) => {
  const { outcome } = await app.mutation(path, args)
  expect(outcome.ok ? outcome : outcome.errorMessage).toMatch(message)
})

test('a mutation that never ends is ended, and the next one runs', async () => {
  const [stuck, next] = await Promise.all([
    app.mutation('sandbox:never'),
    app.mutation('notes:add', { topic: 'a', rank: 1 }),
  ])
  expect(stuck.outcome).toMatchObject({ ok: false, errorMessage: expect.stringContaining('timed out') })
  expect(next.outcome.ok).toBe(true)
})

test('functions see the engine’s environment only, a clock that stands still, and seeded randomness', async () => {
  expect(await app.read('sandbox:env')).toEqual({ greeting: 'hello', path: null, all: null })
  const clock = await app.write('sandbox:clock')
  expect(clock).toMatchObject({ isDate: true })
  if (clock === null || typeof clock !== 'object' || Array.isArray(clock)) throw new Error('Not a clock')
  expect(clock['after']).toEqual(clock['before'])
  const [first, second, most] = (await app.read('sandbox:randoms')) as number[]
  expect(first).not.toBe(second)
  expect(most).toBe(2)
})

test('in queries the performance clock stands still as Date does; mutations measure themselves', async () => {
  const query = await app.read('sandbox:elapsedInQuery')
  expect(query).toEqual({ sinceOrigin: expect.closeTo(0, 3), took: 0 })
  expect(await app.write('sandbox:elapsedInMutation')).toMatchObject({ took: expect.toSatisfy((ms) => ms > 0) })
})

test('queries and mutations have random values of their own every time, and signatures, but no new keys', async () => {
  const values = [
    await app.read('sandbox:randomValuesOfQuery'),
    await app.read('sandbox:randomValuesOfQuery'),
    await app.write('sandbox:randomValuesOfMutation'),
  ]
  const found = values.flatMap((value) => Object.values(value ?? {}).map((each) => JSON.stringify(each)))
  expect(new Set(found).size).toBe(6)
  expect(found[1]).toMatch(/^"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$/)
  expect(await app.write('sandbox:signs')).toMatchObject({ $bytes: expect.stringMatching(/^.{43}=$/) })
  const refused = /Can't use cryptographic randomness in queries and mutations\. Please consider using an action/
  await expect(app.write('sandbox:makesKey')).rejects.toThrow(refused)
})

test.each([
  ['fetch', 'sandbox:fetches', "Can't use fetch() in queries and mutations"],
  ['a socket', 'sandbox:connects', "Can't use WebSocket in queries and mutations"],
])('a query cannot use %s', async (_name, path, message) => {
  await expect(app.read(path)).rejects.toThrow(message)
})

test('the document versions that were written are counted by table', async () => {
  const written = () => app.engine.metrics?.().written['notes'] ?? { documents: 0, bytes: 0 }
  const before = written()
  const id = await app.write('notes:add', { topic, rank: 1 })
  const inserted = written().bytes - before.bytes
  expect(inserted).toBe(getDocumentSize({ topic, rank: 1, _id: String(id), _creationTime: 0 }))
  await app.write('notes:patch', { id, fields: { text: 'x'.repeat(1000) } })
  await app.write('notes:remove', { id })
  const patched = inserted + 1000 + 'text'.length + 3
  expect(written()).toEqual({ documents: before.documents + 2, bytes: before.bytes + inserted + patched })
})
