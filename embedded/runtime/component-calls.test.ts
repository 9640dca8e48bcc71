import { expect, test } from 'vitest'
import { app, name, options } from '../fixtures/components-app.ts'
import { openEngine } from '../fixtures/open-engine.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

const identity = { tokenIdentifier: 'https://own.test|me', issuer: 'https://own.test', subject: 'me' }

const counts = async (of = app) => (await of.read('calls:counts', { name })) as { first: number; second: number }
const jobs = async (of = app) =>
  (await of.read('calls:jobs')) as Record<'own' | 'first' | 'second', { name: string; state: string }[]>

test('a component calls the app by a handle, and the app is not told who called', async () => {
  const { outcome } = await app.engine.mutation({ path: 'calls:calledBack', args: { topic: name }, identity })
  expect(outcome).toMatchObject({ ok: true, value: { caller: null } })
  expect(await app.read('topics:ofTopic', { topic: name })).toBe(1)
})

test('a component calls another one’s internal function by the handle that one gave out', async () => {
  expect(await app.write('calls:passedOn', { name })).toBe('function://first;counts:addQuietly')
  expect(await counts()).toEqual({ first: 5, second: 0 })
})

test('an action of a component runs its own functions with its own environment, without the caller', async () => {
  const outcome = await app.engine.action({ path: 'calls:act', args: { name }, identity })
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      inside: {
        caller: null,
        label: 'one',
        secret: null,
        metadata: { name: 'counts:addInAction', componentPath: 'first' },
      },
      second: 2,
    },
  })
  await waitUntil(counts, ({ first }) => first === 11)
})

test('what a component schedules stands in its own table, and outlives the engine', async () => {
  const first = await openEngine(options)
  await first.write('calls:addLater', { name, by: 3, delayMs: 0 })
  await waitUntil(
    () => counts(first),
    (found) => found.first === 3,
  )
  await waitUntil(
    () => jobs(first),
    (found) => found.first[0]?.state === 'success',
  )
  expect(await jobs(first)).toEqual({
    own: [],
    first: [{ name: 'counts.js:addQuietly', state: 'success' }],
    second: [],
  })
  await first.write('calls:addLater', { name, by: 4, delayMs: 150 })
  await first.engine.close()
  await new Promise((resolve) => setTimeout(resolve, 200))
  await using second = await first.reopen()
  await waitUntil(
    () => counts(second),
    (found) => found.first === 7,
  )
  expect((await jobs(second)).first).toHaveLength(2)
})

test('the app schedules a component’s function, and a component the app’s', async () => {
  await using own = await openEngine(options)
  await own.write('calls:scheduled', { name, by: 6 })
  await own.write('calls:calledBackLater', { topic: name })
  await waitUntil(
    () => jobs(own),
    (found) => [...found.own, ...found.first].every(({ state }) => state === 'success'),
  )
  expect(await counts(own)).toEqual({ first: 0, second: 6 })
  expect(await own.read('topics:ofTopic', { topic: name })).toBe(1)
  expect(await jobs(own)).toEqual({
    own: [{ name: 'counts.js:add', state: 'success' }],
    first: [{ name: 'topics.js:add', state: 'success' }],
    second: [],
  })
})

test('a job is cancelled by the component that scheduled it, and no other', async () => {
  await using own = await openEngine(options)
  const id = await own.write('calls:addLater', { name, by: 3, delayMs: 60_000 })
  expect(await own.write('calls:cancel', { id })).toEqual({ own: null, second: false, first: true })
  expect((await jobs(own)).first).toEqual([{ name: 'counts.js:addQuietly', state: 'canceled' }])
})

test('a job of a component that is installed no more fails', async () => {
  const before = await openEngine(options)
  await before.write('calls:addLater', { name, by: 3, delayMs: 500 })
  await before.engine.close()
  const without = await openEngine({ ...options, functionsDir: 'before', dataDir: before.dataDir })
  const ts = without.engine.latestTs()
  await waitUntil(
    () => Promise.resolve(without.engine.latestTs()),
    (latest) => latest > ts,
  )
  await without.engine.close()
  await using again = await openEngine({ ...options, dataDir: before.dataDir })
  expect((await jobs(again)).first).toEqual([{ name: 'counts.js:addQuietly', state: 'failed' }])
})
