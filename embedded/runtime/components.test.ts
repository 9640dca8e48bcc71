import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { app, name, options } from '../fixtures/components-app.ts'
import { openEngine } from '../fixtures/open-engine.ts'

test('one component under two names has two data spaces', async () => {
  await app.write('calls:add', { name, by: 1 })
  await app.write('calls:add', { name, by: 2 })
  await app.write('calls:addToSecond', { name, by: 30 })
  expect(await app.read('calls:counts', { name })).toEqual({ first: 3, second: 30 })
})

test('a component inside a component has its own data, and none of the environment it was not given', async () => {
  await app.write('calls:write', { name })
  expect(await app.read('calls:read', { name })).toMatchObject({
    count: 1,
    about: {
      label: null,
      secret: null,
      metadata: { name: 'counts:about', componentPath: 'ledger/counter' },
    },
  })
  expect(await app.read('calls:counts', { name })).toEqual({ first: 0, second: 0 })
})

test('a component sees the variables it is given, and nothing of the caller', async () => {
  const identity = { tokenIdentifier: 'https://own.test|me', issuer: 'https://own.test', subject: 'me' }
  const snapshot = app.engine.snapshot()
  const { outcome } = await snapshot.query({ path: 'calls:about', args: {}, identity })
  snapshot.release()
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      caller: 'me',
      first: { label: 'one', secret: null, caller: null, metadata: { name: 'counts:about', componentPath: 'first' } },
      second: { label: 'two', secret: null, caller: null },
    },
  })
})

test('a failed call of a component is rolled back alone, and keeps its data', async () => {
  expect(await app.write('calls:survivesRefusal', { name })).toEqual({ code: 'refused', name })
  expect(await app.read('calls:counts', { name })).toEqual({ first: 3, second: 0 })
  expect(await app.read('topics:ofTopic', { topic: name })).toBe(1)
})

test('a failed mutation of the app leaves nothing in any component', async () => {
  const { outcome } = await app.mutation('calls:refused', { name })
  expect(outcome).toMatchObject({ ok: false, errorMessage: 'Uncaught Error: rolled back' })
  expect(await app.read('calls:counts', { name })).toEqual({ first: 0, second: 0 })
  expect(await app.read('calls:read', { name })).toMatchObject({ count: 0 })
})

test('an id is an id in its own component only', async () => {
  const id = await app.write('calls:add', { name, by: 4 })
  expect(await app.read('calls:countOf', { id })).toBe(4)
  await expect(app.read('topics:get', { id })).rejects.toThrow('ArgumentValidationError')
  await expect(app.read('calls:fromElsewhere', { id })).rejects.toThrow('ArgumentValidationError')
  const own = await app.write('topics:add', { topic: name })
  await expect(app.read('calls:countOf', { id: own })).rejects.toThrow('ArgumentValidationError')
})

test('a query that reads a component is touched by what it read there, and nothing else', async () => {
  await app.write('calls:add', { name, by: 1 })
  const { readSet } = await app.query('calls:counts', { name })
  const touched: boolean[] = []
  const stop = app.engine.onCommit((commit) => touched.push(readSet.overlaps(commit)))
  await app.write('calls:add', { name, by: 1 })
  await app.write('calls:addToSecond', { name, by: 1 })
  await app.write('calls:add', { name: `${name} of another`, by: 1 })
  await app.write('topics:add', { topic: name })
  stop()
  expect(touched).toEqual([true, true, false, false])
})

test.each([
  ['by path', 'first;counts:get', /^Could not find public function for 'first;counts:get'/],
  ['by handle', 'function://first;counts:get', /^Could not find public function for 'first;counts:get'/],
  ['of a component that is not there', 'third;counts:get', /^Could not find public function for 'third;counts:get'/],
])('clients cannot call a component’s public functions: %s', async (_name, path, message) => {
  const { outcome } = await app.query(path, { name })
  expect(outcome.ok ? outcome : outcome.errorMessage).toMatch(message)
})

test.each([
  [
    'internal functions',
    'calls:internals',
    "Could not find public function 'counts/addQuietly' of the component 'first'",
  ],
  ['functions by a name that leads into a component', 'calls:byForgedName', 'names no function'],
])('the app cannot call a component’s %s', async (_name, path, message) => {
  const { outcome } = await app.mutation(path)
  expect(outcome.ok ? outcome : outcome.errorMessage).toContain(message)
})

test('a component cannot paginate', async () => {
  await expect(app.read('calls:pages')).rejects.toThrow('Only the app can paginate')
})

test('what is written is counted behind the component’s path', async () => {
  const written = (table: string) => app.engine.metrics?.().written[table]?.documents ?? 0
  const before = [written('counts'), written('first/counts'), written('ledger/counter/counts')]
  await app.write('calls:add', { name, by: 1 })
  await app.write('calls:write', { name })
  const after = [written('counts'), written('first/counts'), written('ledger/counter/counts')]
  expect(after.map((count, position) => count - (before[position] ?? 0))).toEqual([0, 1, 1])
})

test('data outlives the engine, and a component is where it was', async () => {
  const first = await openEngine(options)
  const id = await first.write('calls:add', { name, by: 7 })
  await first.write('calls:write', { name })
  const second = await first.reopen()
  await second.write('calls:addToSecond', { name, by: 1 })
  await using third = await second.reopen()
  expect(await third.read('calls:counts', { name })).toEqual({ first: 7, second: 1 })
  expect(await third.read('calls:countOf', { id })).toBe(7)
  expect(await third.read('calls:read', { name })).toMatchObject({ entries: 1, count: 1 })
})

test('an app’s data opens unchanged when it installs components, and when it removes them', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const before = await openEngine({ ...options, functionsDir: 'before', dataDir })
  const id = await before.write('topics:add', { topic: name })
  await before.engine.close()
  const after = await openEngine({ ...options, dataDir })
  expect(await after.read('topics:get', { id })).toBe(name)
  await after.write('calls:add', { name, by: 1 })
  await after.engine.close()
  await using again = await openEngine({ ...options, functionsDir: 'before', dataDir })
  expect(await again.read('topics:get', { id })).toBe(name)
  expect(await again.read('topics:ofTopic', { topic: name })).toBe(1)
})

test('a variable that the app declares must be set', async () => {
  await expect(openEngine({ ...options, env: {} })).rejects.toThrow(
    'The app needs the environment variable LABEL, which is not set.',
  )
})
