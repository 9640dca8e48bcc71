import { fileURLToPath } from 'node:url'
import type { JSONValue } from 'convex/values'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openEngine, type OpenEngine } from '../../fixtures/open-engine.ts'
import type { Outcome } from '../engine.ts'

const projectDir = fileURLToPath(new URL('../../fixtures/threads', import.meta.url))

let app: OpenEngine
beforeAll(async () => {
  // A query computes here for longer than it may elsewhere, to be compared with an action that does.
  const transactionTimeoutMs = 10_000
  app = await openEngine({ projectDir, env: { GREETING: 'hello' }, actionMemoryMb: 64, transactionTimeoutMs })
  await warmUp(app)
})
afterAll(async () => await app[Symbol.asyncDispose]())

/** The threads are up: what is measured, or limited, afterwards is not their start. */
const warmUp = async ({ engine }: OpenEngine) => {
  const call = { path: 'work:waits', args: { ms: 20 }, identity: null }
  await Promise.all([engine.action(call), engine.action(call)])
}
const run = async (path: string, args: JSONValue = {}, { engine } = app): Promise<Outcome> =>
  await engine.action({ path, args, identity: null })
const http = async (path: string, init?: RequestInit): Promise<Response> => {
  const response = await app.engine.httpAction(new Request(`http://app.test${path}`, init), null)
  if (response === null) throw new Error(`Nothing answers ${path}`)
  return response
}
const lines = async ({ read } = app) => (await read('lines:all')) as string[]

/** The longest of the mutations' round trips that were made while `work` was going on, in milliseconds. */
async function longestRoundTrip(work: () => Promise<unknown>): Promise<number> {
  const progress = { isOver: false }
  setTimeout(() => void work().finally(() => (progress.isOver = true)), 10)
  let longest = 0
  while (!progress.isOver) {
    const begunAt = performance.now()
    await app.write('lines:add', { text: 'meanwhile' })
    await new Promise((resolve) => setTimeout(resolve, 2))
    longest = Math.max(longest, performance.now() - begunAt)
  }
  return longest
}

test('what an action computes delays no mutation, as it would in the engine’s own thread', async () => {
  const args = { ms: 1_500 }
  const elsewhere = await longestRoundTrip(() => run('work:compute', args))
  const inThread = await longestRoundTrip(() => app.write('lines:compute', args))
  expect(elsewhere).toBeLessThan(inThread / 2)
})

test('what an action computes delays no other action either', async () => {
  let isComputing = true
  const computing = run('work:compute', { ms: 4_000 }).finally(() => (isComputing = false))
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(await run('work:waits', { ms: 1 })).toMatchObject({ value: 'ok' })
  expect(isComputing).toBe(true)
  await computing
})

test('two hundred actions write at once', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `answer ${index}`)
  const outcomes = await Promise.all(names.map((name) => run('work:stream', { name, count: 5, everyMs: 100 })))
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([])
  expect((await lines()).filter((text) => text.startsWith('answer'))).toHaveLength(1_000)
})

test('errors keep their text and their data on both ways', async () => {
  expect(await run('work:fails')).toMatchObject({ ok: false, errorMessage: 'Uncaught RangeError: as planned' })
  expect(await run('work:catchesRefusal')).toMatchObject({ ok: true, value: { data: { code: 'refused' } } })
  expect(await lines()).not.toContain('never')
})

test('an action has its environment, fetch, signals and a clock', async () => {
  expect(await run('work:globals')).toMatchObject({
    value: { env: { GREETING: 'hello' }, text: 'hello', aborted: 'left', isTimeRunning: true },
  })
})

test('actions in Node keep their asynchronous contexts apart', async () => {
  const names = ['a', 'b', 'c']
  const outcomes = await Promise.all(names.map((name) => run('node:keepsContext', { name })))
  expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual(names)
})

test('what Node’s own output is given goes to the log', async () => {
  await run('node:writesToStandardOutput')
  await vi.waitFor(() => expect(app.log).toContain('a line of its own'))
})

test('an action that has returned can use `ctx` no more', async () => {
  await run('work:writesTooLate')
  await vi.waitFor(() => expect(app.log.join('\n')).toMatch(/late:.*after it had ended/))
  expect(await lines()).not.toContain('too late')
})

describe('when its time is up', () => {
  let limited: OpenEngine
  beforeAll(async () => {
    limited = await openEngine({ projectDir, actionTimeoutMs: 2_000 })
    await warmUp(limited)
  })
  afterAll(async () => await limited[Symbol.asyncDispose]())
  const log = () => limited.log.join('\n')

  test('an action is told so and can use `ctx` no more', async () => {
    expect(await run('work:takesLong', { ms: 2_300 }, limited)).toMatchObject({
      ok: false,
      errorMessage: 'Function execution timed out (maximum duration: 2s)',
    })
    await vi.waitFor(() => expect(log()).toMatch(/over:.*after it had ended/), 20_000)
    expect(await lines(limited)).toEqual([])
    expect(log()).not.toContain('blocked its thread')
  })

  test('an endless loop ends with its thread, and others go on', async () => {
    const timedOut = { ok: false, errorMessage: expect.stringContaining('timed out') }
    expect(await run('work:loops', {}, limited)).toMatchObject(timedOut)
    expect(await run('work:waits', { ms: 1 }, limited)).toMatchObject({ value: 'ok' })
    await vi.waitFor(() => expect(log()).toContain('blocked its thread'), 30_000)
    expect(await run('work:waits', { ms: 1 }, limited)).toMatchObject({ value: 'ok' })
  })
})

test.each([
  ['an uncaught error', 'work:throwsInTimer', /ended by an uncaught RangeError: in a timer/],
  ['too little memory', 'work:exhaustsMemory', /ran out of memory/],
  ['process.exit', 'node:exits', /ended itself \(process\.exit, code 3\)/],
])('a thread that ends by %s fails what ran in it, and the next action runs', async (_name, path, reason) => {
  const outcome = await run(path)
  expect(outcome).toMatchObject({ ok: false, errorMessage: expect.stringMatching(reason) })
  expect(outcome).toMatchObject({ errorMessage: expect.stringMatching(/^Transient error while executing action: /) })
  expect(await run('work:waits', { ms: 1 })).toMatchObject({ value: 'ok' })
})

test('a rejection that nobody hears is logged, and ends nothing', async () => {
  expect(await run('work:rejectsUnheard')).toMatchObject({ value: 'ok' })
  expect(app.log.join('\n')).toContain('Unhandled rejection: Error: unheard')
})

test('closing the engine ends what still runs, loops too', async () => {
  await using closing = await openEngine({ projectDir })
  await warmUp(closing)
  const running = Promise.all([run('work:loops', {}, closing), run('work:waits', { ms: 60_000 }, closing)])
  await new Promise((resolve) => setTimeout(resolve, 100))
  await closing.engine.close(50)
  const ended = { ok: false, errorMessage: expect.stringContaining('the engine was closed') }
  expect(await running).toMatchObject([ended, ended])
})

test('nested actions run', async () => {
  expect(await run('work:computeInNested', { ms: 2 })).toMatchObject({ value: 'computed' })
})

test('a request and its answer cross with their bodies and headers', async () => {
  const body = new Blob(['x'.repeat(300_000), 'end'])
  const response = await http('/echo', { method: 'POST', body, headers: { 'x-given': 'this' } })
  expect(response.status).toBe(202)
  expect(response.headers.get('x-method')).toBe('POST')
  expect(response.headers.get('x-given')).toBe('this')
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(await response.text()).toBe(`${'x'.repeat(300_000)}end`)
  expect((await http('/unread', { method: 'POST', body: 'x' })).status).toBe(204)
})

test('a body is made as fast as it is read, may use `ctx`, and is cancelled when its reader leaves', async () => {
  const client = new AbortController()
  const response = await http('/endless', { signal: client.signal })
  const reader = response.body?.getReader()
  for (let piece = 0; piece < 3; piece++) expect((await reader?.read())?.value).toHaveLength(1024)
  await new Promise((resolve) => setTimeout(resolve, 100))
  // The app's own stream reads one piece ahead.
  expect((await lines()).filter((text) => text.startsWith('piece'))).toHaveLength(4)
  // As the server does when a socket closes.
  client.abort()
  await reader?.cancel()
  await vi.waitFor(() => expect(app.log.join('\n')).toContain('cancelled'))
  await vi.waitFor(() => expect(app.log.join('\n')).toContain('aborted'))
})

test('a body that breaks off breaks off at its reader, with the reason', async () => {
  await expect((await http('/breaks')).text()).rejects.toThrow('in the middle')
})

test('a body whose thread ends breaks off', async () => {
  const reader = (await http('/dies')).body?.getReader()
  await reader?.read()
  await expect(reader?.read()).rejects.toThrow('has ended')
  expect(await run('work:waits', { ms: 1 })).toMatchObject({ value: 'ok' })
})
