import { convexTest } from 'convex-test'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import schema from '../fixtures/app/convex/schema.ts'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

/**
 * The same functions on the engine and on `convex-test`. That knows no relevance, parts words at spaces only and takes
 * every word as a beginning; where this makes no difference, both find the same documents.
 */
const modules = {
  './convex/_generated/api.js': () => Promise.resolve({}),
  './convex/passages.ts': () => import('../fixtures/app/convex/passages.ts'),
}
const other = convexTest({ schema, modules })
const add = makeFunctionReference<'mutation'>('passages:add')
const find = makeFunctionReference<'query'>('passages:find')

const passages = [
  { text: 'The northern lights over the harbour', shelf: 'A' },
  { text: 'A harbour in the north', shelf: 'B' },
  { text: 'Lights out', shelf: 'A' },
  { text: 'Nothing of the kind' },
  { text: '' },
]

let app: OpenEngine
beforeAll(async () => {
  app = await openEngine()
  await app.write('passages:add', { passages })
  await other.mutation(add, { passages })
})
afterAll(async () => await app[Symbol.asyncDispose]())

test.each([
  { words: 'harbour' },
  { words: 'HARBOUR lights' },
  { words: 'north' },
  { words: 'the n' },
  { words: 'harbour', shelf: 'A' },
  { words: 'lights', shelf: 'B' },
  { words: 'nothing', shelf: null },
  { words: 'absent' },
  { words: '' },
])('$words behind $shelf', async (args) => {
  const found = await app.read('passages:find', args)
  const expected: unknown = await other.query(find, args)
  if (!Array.isArray(found) || !Array.isArray(expected)) throw new TypeError('Not a list')
  expect(new Set(found)).toEqual(new Set(expected))
})
