import { expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

const events = async (app: OpenEngine) => (await app.read('work:events')) as string[]
const jobs = async (app: OpenEngine) =>
  ((await app.read('work:jobs')) as { name: string; state: { kind: string; error?: string } }[]).map(
    ({ state }) => state,
  )
const someJobsAre = (kind: string) => (states: { kind: string }[]) => states.some((state) => state.kind === kind)

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

test('a scheduled mutation that goes over a limit fails once, and is not tried again', async () => {
  await using app = await openEngine()
  await app.write('work:startTooMuch')
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

test('only so many jobs run at once; the next waits visibly', async () => {
  await using app = await openEngine({ parallelJobs: 2 })
  for (const name of ['a', 'b', 'c']) await app.write('work:startSlow', { name, ms: 200 })
  await waitUntil(
    () => events(app),
    (names) => names.length === 2,
  )
  expect((await jobs(app)).map(({ kind }) => kind)).toEqual(['inProgress', 'inProgress', 'pending'])
  await waitUntil(
    () => jobs(app),
    (states) => states.every(({ kind }) => kind === 'success'),
  )
  expect((await events(app)).length).toBe(6)
})
