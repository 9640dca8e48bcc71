import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

// The package as npm gives it: `@convex-dev/rate-limiter`, which installs `@convex-dev/batch-worker` inside itself.
const projectDir = fileURLToPath(new URL('../fixtures/limiter', import.meta.url))

let app: OpenEngine
/** A key of its own for every test. */
let key = ''
let keys = 0
beforeAll(async () => {
  app = await openEngine({ projectDir })
})
beforeEach(() => {
  key = `key ${keys++}`
})
afterAll(async () => await app[Symbol.asyncDispose]())

const ok = expect.objectContaining({ ok: true })
const refused = expect.objectContaining({ ok: false, retryAfter: expect.any(Number) })

test.each(['bucket', 'window'])('a %s of three lets three through, each key by itself', async (limit) => {
  for (let count = 0; count < 3; count++) expect(await app.write('limits:take', { limit, key })).toEqual(ok)
  expect(await app.write('limits:take', { limit, key })).toEqual(refused)
  expect(await app.write('limits:take', { limit, key: `${key} of another` })).toEqual(ok)
})

test('a refusal that is thrown keeps its data', async () => {
  for (let count = 0; count < 3; count++) await app.write('limits:takeOrThrow', { limit: 'bucket', key })
  const { outcome } = await app.mutation('limits:takeOrThrow', { limit: 'bucket', key })
  expect(outcome).toMatchObject({
    ok: false,
    errorData: { kind: 'RateLimited', name: 'bucket', retryAfter: expect.any(Number) },
  })
})

test('what a failed mutation took is given back', async () => {
  for (let count = 0; count < 5; count++) await app.mutation('limits:takeAndFail', { limit: 'bucket', key })
  expect(await app.read('limits:left', { limit: 'bucket', key })).toBe(3)
})

test('an action takes too', async () => {
  const outcome = await app.engine.action({
    path: 'limits:takeInAction',
    args: { limit: 'bucket', key },
    identity: null,
  })
  expect(outcome).toMatchObject({ ok: true, value: { ok: true } })
  expect(await app.read('limits:left', { limit: 'bucket', key })).toBe(2)
})

test('a limit that is reset is full', async () => {
  for (let count = 0; count < 3; count++) await app.write('limits:take', { limit: 'bucket', key })
  await app.write('limits:reset', { limit: 'bucket', key })
  expect(await app.write('limits:take', { limit: 'bucket', key })).toEqual(ok)
})

test('shards are one limit', async () => {
  const taken = await Promise.all(
    Array.from({ length: 60 }, async () => await app.write('limits:take', { limit: 'sharded', key })),
  )
  const count = taken.filter((status) => JSON.stringify(status).includes('"ok":true')).length
  expect(count).toBeGreaterThan(20)
  expect(count).toBeLessThanOrEqual(40)
})

test('a subscription to what is left runs again when some is taken', async () => {
  await app.write('limits:take', { limit: 'bucket', key: 'hook' })
  const { outcome, readSet } = await app.query('limits:getRateLimit')
  expect(outcome).toMatchObject({ ok: true, value: { value: 2 } })
  const touched: boolean[] = []
  const stop = app.engine.onCommit((commit) => touched.push(readSet.overlaps(commit)))
  await app.write('limits:take', { limit: 'bucket', key })
  await app.write('limits:take', { limit: 'bucket', key: 'hook' })
  stop()
  expect(touched).toEqual([false, true])
})

test('updates that are applied later go through the batch worker’s loop, two components further in', async () => {
  for (let count = 0; count < 4; count++) {
    expect(await app.write('limits:take', { limit: 'deferred', key })).toEqual(ok)
  }
  const left = await waitUntil(
    () => app.read('limits:left', { limit: 'deferred', key }),
    (value) => typeof value === 'number' && value < 6.5,
  )
  expect(left).toBeCloseTo(6, 1)
})

test('what was taken outlives the engine', async () => {
  const first = await openEngine({ projectDir })
  await first.write('limits:take', { limit: 'window', key })
  await using second = await first.reopen()
  expect(await second.read('limits:left', { limit: 'window', key })).toBe(2)
})
