import { afterEach, expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'
import { ComputingTime } from './computing-time.ts'

const limitMs = 100
/** Of the fixture's loop; far more than the limit that the engine of the test has. */
const turns = 6e8
const opened: ComputingTime[] = []

function begin(): ComputingTime {
  const computing = new ComputingTime(limitMs)
  opened.push(computing)
  computing.enter()
  return computing
}

/** Keeps the processor, for milliseconds of its own time: a busy machine takes longer. */
function compute(ms: number): void {
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1_000
  }
  const end = cpuMs() + ms
  while (cpuMs() < end);
}

afterEach(() => {
  for (const computing of opened.splice(0)) computing.end()
})

test('computing counts, in one piece and in many', () => {
  const [once, often] = [begin(), begin()]
  often.leave()
  compute(limitMs * 1.5)
  once.leave()
  expect(once.isOver).toBe(true)
  expect(often.isOver).toBe(false)
  for (let piece = 0; piece < 30; piece++) {
    often.enter()
    compute(limitMs / 20)
    often.leave()
  }
  expect(often.isOver).toBe(true)
})

test('what the engine does meanwhile does not count', () => {
  const computing = begin()
  computing.leave()
  compute(limitMs * 2)
  computing.enter()
  computing.leave()
  expect(computing.isOver).toBe(false)
})

test('waiting does not count', async () => {
  const computing = begin()
  await new Promise((resolve) => setTimeout(resolve, limitMs * 3))
  computing.leave()
  expect(computing.isOver).toBe(false)
})

test('functions that take turns are not charged with what the others do', () => {
  const all = Array.from({ length: 10 }, begin)
  compute(limitMs * 3)
  for (const computing of all) computing.leave()
  expect(all.map(({ isOver }) => isOver)).toEqual(all.map(() => false))
})

test.each([
  ['and then reads', 'computing:thenReads'],
  ['and swallows what it is told', 'computing:swallows'],
  ['and asks for nothing more', 'computing:thenEnds'],
  ['in a function that it calls', 'computing:inChild'],
])('a mutation that computes too long %s has failed, with nothing written', async (_name, path) => {
  await using app = await openEngine({ transactionTimeoutMs: 300 })
  const { outcome } = await app.mutation(path, { turns })
  expect(outcome).toMatchObject({
    ok: false,
    errorMessage: expect.stringContaining('Function execution timed out (maximum duration: 0.3s)'),
  })
  expect(await app.read('work:events')).toEqual([])
  await app.write('work:record_', { name: 'next' })
  expect(await app.read('work:events')).toEqual(['next'])
})

test('a query that computes too long has failed', async () => {
  await using app = await openEngine({ transactionTimeoutMs: 300 })
  await expect(app.read('computing:query', { turns })).rejects.toThrow(
    'Function execution timed out (maximum duration: 0.3s)',
  )
})

test('without a limit that is set, a second of computing is the limit', async () => {
  await using app = await openEngine()
  await expect(app.write('computing:thenEnds', { turns: 1.5e9 })).rejects.toThrow(
    'Function execution timed out (maximum duration: 1s)',
  )
})

test('the wait for the writer is nobody’s computing', async () => {
  await using app = await openEngine({ transactionTimeoutMs: 300 })
  const before = app.mutation('computing:thenEnds', { turns })
  const waiting = Array.from({ length: 5 }, () => app.mutation('work:record_', { name: 'waited' }))
  expect((await before).outcome.ok).toBe(false)
  for (const { outcome } of await Promise.all(waiting)) expect(outcome.ok).toBe(true)
})
