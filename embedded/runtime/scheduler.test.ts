import { afterEach, expect, test, vi } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

const events = async (app: OpenEngine) => (await app.read('work:events')) as string[]
const jobs = async (app: OpenEngine) =>
  ((await app.read('work:jobs')) as { name: string; state: { kind: string; error?: string } }[]).map(
    ({ state }) => state,
  )
const someJobsAre = (kind: string) => (states: { kind: string }[]) => states.some((state) => state.kind === kind)

afterEach(() => {
  vi.useRealTimers()
})

test('what a mutation schedules runs after it, what a failed one schedules never', async () => {
  await using app = await openEngine()
  await app.mutation('work:scheduleAndFail', { name: 'never' })
  await app.write('work:later', { delayMs: 0, name: 'soon' })
  await waitUntil(() => jobs(app), someJobsAre('success'))
  expect(await events(app)).toEqual(['soon'])
  expect(await jobs(app)).toEqual([{ kind: 'success' }])
})

test('a scheduled mutation that fails is rolled back and keeps its error', async () => {
  await using app = await openEngine()
  await app.write('work:startFailing')
  await waitUntil(() => jobs(app), someJobsAre('failed'))
  expect(await jobs(app)).toEqual([{ kind: 'failed', error: 'Uncaught Error: as planned' }])
  expect(await events(app)).toEqual([])
})

test.each([
  ['', 'work:startTooMuch'],
  [' and takes no notice', 'work:startIgnoring'],
])('a scheduled mutation that goes over a limit%s fails once, and is not tried again', async (_name, path) => {
  await using app = await openEngine()
  await app.write(path)
  await waitUntil(() => jobs(app), someJobsAre('failed'))
  expect(await jobs(app)).toEqual([{ kind: 'failed', error: expect.stringContaining('Too many documents read') }])
  expect(await events(app)).toEqual([])
})

test('a scheduled mutation that does not end fails, and lets the others write', async () => {
  await using app = await openEngine({ transactionTimeoutMs: 300 })
  await app.write('work:startEndless')
  await waitUntil(() => jobs(app), someJobsAre('failed'))
  await app.write('work:later', { delayMs: 0, name: 'after it' })
  await waitUntil(() => jobs(app), someJobsAre('success'))
  expect(await events(app)).toEqual(['after it'])
})

test('a cancelled job does not run', async () => {
  await using app = await openEngine()
  const id = await app.write('work:later', { delayMs: 60_000, name: 'never' })
  await app.write('work:cancel', { id })
  expect(await jobs(app)).toEqual([{ kind: 'canceled' }])
})

test('jobs outlive the engine: what is due runs, what is not waits', async () => {
  const first = await openEngine()
  await first.write('work:later', { delayMs: 150, name: 'due' })
  await first.write('work:later', { delayMs: 60_000, name: 'later' })
  await first.engine.close()
  await new Promise((resolve) => setTimeout(resolve, 200))
  await using second = await first.reopen()
  await waitUntil(() => jobs(second), someJobsAre('success'))
  expect(await events(second)).toEqual(['due'])
  expect((await jobs(second)).map(({ kind }) => kind)).toEqual(['success', 'pending'])
})

test('an action that was interrupted is not run again but told as failed', async () => {
  const first = await openEngine()
  await first.write('work:startSlow', { name: 'x', ms: 60_000 })
  await waitUntil(
    () => events(first),
    (names) => names.length > 0,
  )
  expect((await jobs(first)).map(({ kind }) => kind)).toEqual(['inProgress'])
  await using second = await first.reopen()
  expect(await jobs(second)).toEqual([{ kind: 'failed', error: 'Transient error while executing action' }])
  expect(await events(second)).toEqual(['x began'])
})

test('a job that is cancelled while it runs goes on, and what it schedules from then on is cancelled', async () => {
  await using app = await openEngine()
  const id = await app.write('work:startSchedulesTwice', { until: 'cancelled' })
  await waitUntil(
    () => events(app),
    (names) => names.includes('began') && names.includes('before'),
  )
  await app.write('work:cancel', { id })
  await app.write('work:record_', { name: 'cancelled' })
  await waitUntil(
    () => events(app),
    (names) => names.includes('ended'),
  )
  const all = (await app.read('work:jobs')) as { name: string; state: { kind: string } }[]
  expect(all.map(({ name, state }) => `${name} ${state.kind}`)).toEqual([
    'work.js:schedulesTwice canceled',
    'work.js:record success',
    'work.js:record canceled',
    'work.js:record canceled',
  ])
  expect((await events(app)).toSorted()).toEqual(['before', 'began', 'cancelled', 'ended'])
})

test('a mutation may schedule a thousand functions and not one more', async () => {
  await using app = await openEngine()
  await app.write('work:scheduleMany', { count: 1_000 })
  await expect(app.write('work:scheduleMany', { count: 1_001 })).rejects.toThrow(
    'Too many functions scheduled by this mutation (limit: 1000)',
  )
  expect(await jobs(app)).toHaveLength(1_000)
})

test('a job is kept for seven days after its end', async () => {
  const dayMs = 24 * 3_600_000
  const start = Date.parse('2026-03-01T10:00:00Z')
  const setClock = (now: number) => vi.useFakeTimers({ toFake: ['Date'], now })
  setClock(start)
  const first = await openEngine()
  await first.write('work:later', { delayMs: 0, name: 'old' })
  await waitUntil(() => jobs(first), someJobsAre('success'))
  await first.write('work:later', { delayMs: 30 * dayMs, name: 'not yet' })

  setClock(start + 7 * dayMs - 1_000)
  const second = await first.reopen()
  await second.write('work:later', { delayMs: 0, name: 'new' })
  await waitUntil(
    () => jobs(second),
    (states) => states.filter(({ kind }) => kind === 'success').length === 2,
  )
  expect((await jobs(second)).map(({ kind }) => kind)).toEqual(['success', 'pending', 'success'])

  setClock(start + 7 * dayMs + 1_000)
  await using third = await second.reopen()
  await waitUntil(
    () => jobs(third),
    (states) => states.length === 2,
  )
  expect((await jobs(third)).map(({ kind }) => kind)).toEqual(['pending', 'success'])
})

test('of eight jobs at once, the ninth waits visibly until one ends', async () => {
  await using app = await openEngine({ parallelJobs: 8 })
  const names = Array.from({ length: 9 }, (_, job) => `job ${job}`)
  for (const name of names) await app.write('work:startWaiting', { name, until: name === 'job 3' ? 'one' : 'all' })
  const began = names.map((name) => `${name} began`)
  await waitUntil(
    () => events(app),
    (all) => all.length >= 8,
  )
  expect((await jobs(app)).map(({ kind }) => kind)).toEqual([...Array(8).fill('inProgress'), 'pending'])
  expect((await events(app)).toSorted()).toEqual(began.slice(0, 8))

  await app.write('work:record_', { name: 'one' })
  await waitUntil(
    () => events(app),
    (all) => all.includes('job 8 began'),
  )
  expect((await jobs(app)).map(({ kind }) => kind).toSorted()).toEqual([...Array(8).fill('inProgress'), 'success'])

  await app.write('work:record_', { name: 'all' })
  await waitUntil(
    () => jobs(app),
    (states) => states.every(({ kind }) => kind === 'success'),
  )
  expect(await events(app)).toHaveLength(20)
})
