import { fileURLToPath } from 'node:url'
import type { JSONValue } from 'convex/values'
import { expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

const projectDir = fileURLToPath(new URL('../fixtures/components', import.meta.url))
const options = { projectDir, env: { LABEL: 'one' } }

const add = async ({ write }: OpenEngine, component: string, text: string, vector: number[]) =>
  await write('through:mutation', { path: [component, 'notes', 'add'], args: { text, vector } })
const nearest = async ({ engine }: OpenEngine, component: string): Promise<JSONValue> => {
  const args = { path: [component, 'notes', 'nearest'], args: { vector: [1, 0] } }
  const outcome = await engine.action({ path: 'through:action', args, identity: null })
  if (!outcome.ok) throw new Error(outcome.errorMessage)
  return outcome.value
}

test('a vector search finds what its own component holds, what is committed after it included', async () => {
  await using app = await openEngine(options)
  await add(app, 'first', 'far', [0, 1])
  await add(app, 'second', 'of the second', [1, 0])
  expect(await nearest(app, 'first')).toEqual(['far'])
  expect(await nearest(app, 'second')).toEqual(['of the second'])
  const id = await add(app, 'first', 'near', [1, 1])
  await add(app, 'second', 'also of the second', [-1, 0])
  expect(await nearest(app, 'first')).toEqual(['near', 'far'])
  expect(await nearest(app, 'second')).toEqual(['of the second', 'also of the second'])
  await app.write('through:mutation', { path: ['first', 'notes', 'remove'], args: { id } })
  await using again = await app.reopen()
  expect(await nearest(again, 'first')).toEqual(['far'])
})

test('a component’s vector index is none of the app’s', async () => {
  await using app = await openEngine(options)
  const outcome = await app.engine.action({ path: 'calls:searchOfComponent', args: {}, identity: null })
  expect(outcome).toMatchObject({
    ok: false,
    errorMessage: expect.stringContaining('"by_vector" for table "notes" because it is not declared in the schema'),
  })
})

test('a text search finds what its own component holds', async () => {
  await using app = await openEngine(options)
  const found = async (component: string) =>
    await app.read('through:query', { path: [component, 'notes', 'found'], args: { text: 'word' } })
  await add(app, 'first', 'a word', [1, 0])
  await add(app, 'second', 'another word', [1, 0])
  expect(await found('first')).toEqual(['a word'])
  expect(await found('second')).toEqual(['another word'])
})
