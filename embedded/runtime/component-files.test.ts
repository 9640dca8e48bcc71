import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConvexHttpClient } from 'convex/browser'
import { makeFunctionReference } from 'convex/server'
import type { JSONValue } from 'convex/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'
import { startEngine, type RunningEngine } from '../testing.ts'

const projectDir = fileURLToPath(new URL('../fixtures/components', import.meta.url))
const options = { projectDir, env: { LABEL: 'one' } }

let server: RunningEngine
let client: ConvexHttpClient
beforeAll(async () => {
  server = await startEngine(options)
  client = new ConvexHttpClient(server.url, { logger: false })
})
afterAll(async () => await server.kill())

type Args = Record<string, JSONValue>
type Kind = 'query' | 'mutation' | 'action'

/** Calls a function of `files.ts`: a component's through the app, or the app's own of the same name. */
async function call(kind: Kind, component: string | null, name: string, args: Args = {}): Promise<JSONValue> {
  const path = component === null ? `files:${name}` : `through:${kind}`
  const given: Args = component === null ? args : { path: [component, 'files', name], args }
  if (kind === 'query') return await client.query(makeFunctionReference<'query'>(path), given)
  if (kind === 'mutation') return await client.mutation(makeFunctionReference<'mutation'>(path), given)
  return await client.action(makeFunctionReference<'action'>(path), given)
}

test.each<[name: string, component: string | null, other: string | null]>([
  ['a component', 'first', 'second'],
  ['the app', null, 'first'],
])('%s has files of its own, also those uploaded to an address it gave out', async (_name, own, other) => {
  const before = await call('query', other, 'ids')
  const ids = [
    await call('mutation', own, 'store', { text: 'stored in a mutation' }),
    await call('action', own, 'storeInAction', { text: 'stored in an action' }),
  ]
  for (const [kind, name] of [
    ['mutation', 'uploadUrl'],
    ['action', 'uploadUrlInAction'],
  ] as const) {
    const answer = await fetch(String(await call(kind, own, name)), { method: 'POST', body: `uploaded: ${name}` })
    const { storageId }: { storageId: string } = await answer.json()
    ids.push(storageId)
  }
  expect(await call('query', own, 'ids')).toEqual(ids)
  expect(await call('query', other, 'ids')).toEqual(before)
  const texts = await Promise.all(ids.map((id) => call('action', own, 'read', { id })))
  expect(texts).toEqual([
    'stored in a mutation',
    'stored in an action',
    'uploaded: uploadUrl',
    'uploaded: uploadUrlInAction',
  ])
})

test('a component’s file is read at its address by everyone, and by its id in no other component', async () => {
  const id = await call('mutation', 'second', 'store', { text: 'mine' })
  const url = String(await call('query', 'second', 'url', { id }))
  expect(await (await fetch(url)).text()).toBe('mine')
  for (const other of ['first', null]) {
    await expect(call('query', other, 'url', { id })).rejects.toThrow('ArgumentValidationError')
    await expect(call('mutation', other, 'remove', { id })).rejects.toThrow('ArgumentValidationError')
  }
  await call('mutation', 'second', 'remove', { id })
  expect((await fetch(url)).status).toBe(404)
})

test('files outlive the engine, and the time in which their component is not installed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'engine-test-'))
  const at = ['first', 'files'] as const
  const read = async ({ engine }: OpenEngine, id: JSONValue) =>
    await engine.action({ path: 'through:action', args: { path: [...at, 'read'], args: { id } }, identity: null })
  const before = await openEngine({ ...options, dataDir })
  const id = await before.write('through:mutation', { path: [...at, 'store'], args: { text: 'kept' } })
  await before.engine.close()
  const without = await openEngine({ ...options, functionsDir: 'before', dataDir })
  await without.engine.close()
  await using again = await openEngine({ ...options, dataDir })
  expect(await read(again, id)).toMatchObject({ ok: true, value: 'kept' })
})
