import type { JSONValue } from 'convex/values'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

let app: OpenEngine
/** A topic of its own for every test. */
let topic = ''
let topics = 0
beforeAll(async () => {
  // Ample: some of these transactions are as large as they may be.
  app = await openEngine({ transactionTimeoutMs: 60_000 })
})
beforeEach(() => {
  topic = `topic ${topics++}`
})
afterAll(async () => await app[Symbol.asyncDispose]())

const MB = 1_000_000
const counted = async () => {
  const { outcome } = await app.mutation('nested:countTopic', { topic })
  return outcome.ok ? outcome.value : outcome.errorMessage
}

describe('one transaction', () => {
  test.each<[string, string, { [name: string]: JSONValue }, RegExp]>([
    ['documents written', 'limits:write', { count: 16_001 }, /Too many writes .* \(limit: 16000\)/],
    ['bytes written', 'limits:write', { count: 17, bytes: MB }, /Too many bytes written .* \(limit: 16777216 bytes\)/],
    ['documents got by their ids', 'limits:writeAndGet', { count: 4_097 }, /Too many reads .* \(limit: 4096\)/],
  ])('is limited in %s, and leaves nothing', async (_name, path, args, message) => {
    await expect(app.write(path, { topic, ...args })).rejects.toThrow(message)
    expect(await counted()).toBe(0)
  })

  test('may write as many documents as that', async () => {
    await app.write('limits:write', { topic, count: 16_000 })
    expect(await counted()).toBe(16_000)
    await app.write('limits:write', { topic, count: 16_000 })
    await app.write('limits:write', { topic, count: 1 })
    expect(await counted()).toMatch(/Too many documents read .* \(limit: 32000\)/)
  })

  test('is limited in bytes read', async () => {
    await app.write('limits:write', { topic, count: 16, bytes: MB })
    expect(await counted()).toBe(16)
    await app.write('limits:write', { topic, count: 1, bytes: MB })
    expect(await counted()).toMatch(/Too many bytes read .* \(limit: 16777216 bytes\)/)
  })

  test('is limited in index ranges', async () => {
    expect(await app.read('limits:readAgain', { topic, times: 4_096 })).toEqual([null])
    await expect(app.read('limits:readAgain', { topic, times: 4_097 })).rejects.toThrow(/Too many reads/)
  })

  test('is limited in the functions it schedules and in their arguments', async () => {
    const schedule = (count: number, bytes: number) => app.write('limits:schedule', { count, name: 'x'.repeat(bytes) })
    await expect(schedule(1_001, 1)).rejects.toThrow('Too many functions scheduled by this mutation (limit: 1000)')
    await expect(schedule(9, 2 * MB)).rejects.toThrow('Too large total size of the arguments of scheduled functions')
    expect(await app.read('work:jobs')).toEqual([])
  })

  test('gets back what a failed nested mutation wrote', async () => {
    expect(await app.write('limits:writeAfterFailures', { topic, count: 10, bytes: MB })).toBe(10)
  })

  test('can give a nested call lower limits', async () => {
    await app.write('limits:write', { topic, count: 5 })
    expect(await app.read('limits:lowered', { topic })).toEqual({
      own: 5,
      message: expect.stringMatching(/Too many documents read/),
      again: 5,
    })
  })
})

test('a job may be given more than a document may hold', async () => {
  let nested: JSONValue = 'x'.repeat(2 * MB)
  for (let level = 0; level < 30; level++) nested = [nested]
  await app.write('limits:scheduleNow', { args: nested })
  const events = await waitUntil(
    () => app.read('work:events'),
    (names) => JSON.stringify(names).includes('took'),
  )
  expect(events).toContain(`took ${2 * MB + 62}`)
})

describe('arguments and results keep to the limits of any value', () => {
  const long = (length: number): JSONValue => Array.from({ length }, () => null)
  let deep: JSONValue = 1
  for (let level = 0; level < 63; level++) deep = [deep]

  test.each<[string, JSONValue, string]>([
    ['an array', long(8193), 'Array length is too long (8193 > maximum length 8192)'],
    ['a depth', deep, 'Value is too nested (nested 65 levels deep > maximum nesting 64)'],
    ['a string', '\udc00', 'Strings must be valid Unicode: this one has an unpaired surrogate.'],
  ])('%s', async (_name, args, message) => {
    const said = `Invalid arguments for limits.js:take: ${message}`
    await expect(app.write('limits:take', { args })).rejects.toThrow(said)
    await expect(app.write('limits:scheduleNow', { args })).rejects.toThrow('Invalid arguments for limits.js:')
    const action = await app.engine.action({ path: 'sandbox:timers', args: { args }, identity: null })
    expect(action).toMatchObject({ ok: false, errorMessage: `Invalid arguments for sandbox.js:timers: ${message}` })
  })

  test('a result, of a mutation that then leaves nothing', async () => {
    expect(await app.read('limits:gives', { elements: 8192 })).toHaveLength(8192)
    const message = 'return value invalid: Array length is too long (8193 > maximum length 8192)'
    await expect(app.read('limits:gives', { elements: 8193 })).rejects.toThrow(`Function limits.js:gives ${message}`)
    await expect(app.write('limits:addThenGive', { topic, elements: 8193 })).rejects.toThrow(message)
    expect(await counted()).toBe(0)
  })
})

test('what functions give to those that call them keeps to the limits too', async () => {
  const topics = { most: `${topic} most`, over: `${topic} over` }
  const given = '8192 elements'
  expect(await app.write('nested:results', { topic: topics.most, elements: 8192 })).toEqual({
    query: given,
    mutation: given,
  })
  expect(await app.read('nested:viaQuery', { topic: topics.most })).toBe(1)
  const refused = /Function (limits|nested)\.js:\w+ return value invalid: Array length is too long \(8193 > maximum/
  expect(await app.write('nested:results', { topic: topics.over, elements: 8193 })).toEqual({
    query: expect.stringMatching(refused),
    mutation: expect.stringMatching(refused),
  })
  expect(await app.read('nested:viaQuery', { topic: topics.over })).toBe(0)
  const ofAction = async (elements: number) =>
    await app.engine.action({ path: 'nested:resultOfAction', args: { elements }, identity: null })
  expect(await ofAction(8192)).toMatchObject({ ok: true, value: given })
  expect(await ofAction(8193)).toMatchObject({ ok: true, value: expect.stringMatching(refused) })
})

test('normalizeId tells the ids of a table from everything else', async () => {
  const id = await app.write('notes:add', { topic, rank: 1 })
  const event = await app.write('work:record_', { name: 'x' })
  const normalize = (table: string, text: JSONValue) => app.read('limits:normalized', { table, id: text })
  expect(await normalize('notes', id)).toBe(id)
  expect(String(id)).toMatch(/^[0-9a-z]{32}$/)
  expect(await normalize('notes', event)).toBeNull()
  expect(await normalize('events', event)).toBe(event)
  for (const text of ['', 'nonsense', String(id).slice(1), String(id).toUpperCase(), `${String(id)}0`]) {
    expect(await normalize('notes', text)).toBeNull()
  }
  expect(await normalize('noSuchTable', id)).toBeNull()
})

test('a long query sees one snapshot, and mutations do not wait for it', async () => {
  await app.write('notes:add', { topic, rank: 1 })
  const ended: string[] = []
  const query = app.read('limits:readAgain', { topic, times: 4_096 }).finally(() => ended.push('query'))
  for (let rank = 2; rank <= 20; rank++) await app.write('notes:add', { topic, rank })
  ended.push('mutations')
  expect(await query).toEqual([1])
  expect(ended).toEqual(['mutations', 'query'])
  expect(await app.read('limits:readAgain', { topic, times: 1 })).toEqual([20])
})
