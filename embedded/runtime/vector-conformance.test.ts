import { convexTest } from 'convex-test'
import { makeFunctionReference } from 'convex/server'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import schema from '../fixtures/vectors/convex/schema.ts'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

/** The same functions on the engine and on `convex-test`, where every document has a vector and none are equally near. */
const modules = {
  './convex/_generated/api.js': () => Promise.resolve({}),
  './convex/tunes.ts': () => import('../fixtures/vectors/convex/tunes.ts'),
}
const other = convexTest({ schema, modules })
const add = makeFunctionReference<'mutation', Arguments, string[]>('tunes:add')
const similar = makeFunctionReference<'action', Arguments, Found>('tunes:similar')

type Arguments = { [name: string]: unknown }
type Found = { _id: string; _score: number }[]

const tunes = [
  { name: 'a', sound: [1, 2, 3], mood: 'calm' },
  { name: 'b', sound: [-1, 0.5, 2], mood: 'wild', about: { tempo: 60 } },
  { name: 'c', sound: [0.1, 0, 0], about: { tempo: 120 } },
  { name: 'd', sound: [-300, -100, 20], mood: 'calm' },
  { name: 'e', sound: [0, 1, 0.0001], mood: 'sad', about: { tempo: 60 } },
]

let app: OpenEngine
const names = new Map<string, string>()
beforeAll(async () => {
  app = await openEngine({ projectDir: fileURLToPath(new URL('../fixtures/vectors', import.meta.url)) })
  const ids = [await app.write('tunes:add', { tunes }), await other.mutation(add, { tunes })]
  for (const list of ids) {
    for (const [place, id] of (list as string[]).entries()) names.set(id, tunes[place]?.name ?? '')
  }
})
afterAll(async () => await app[Symbol.asyncDispose]())

test.each([
  { vector: [1, 2, 3], limit: 5 },
  { vector: [-5, 0, 0.2], limit: 3 },
  { vector: [0, 0, 1], limit: 1 },
  { vector: [1, 1, 1], limit: 5, where: [{ field: 'mood', is: 'calm' }] },
  {
    vector: [1, 1, 1],
    limit: 5,
    where: [
      { field: 'mood', is: 'sad' },
      { field: 'mood', is: 'wild' },
      { field: 'about.tempo', is: 120 },
    ],
  },
  { vector: [1, 1, 1], limit: 5, where: [{ field: 'mood' }] },
  { vector: [1, 1, 1], limit: 5, where: [{ field: 'mood', is: 'none' }] },
])('finds the same: %j', async (args) => {
  const outcome = await app.engine.action({ path: 'tunes:similar', args, identity: null })
  expect(outcome).toMatchObject({ ok: true })
  expect(readable(outcome.ok ? (outcome.value as Found) : [])).toEqual(readable(await other.action(similar, args)))
})

test('an index that is not there is the same error', async () => {
  const args = { vector: [1, 2, 3], index: 'by_smell', limit: 1 }
  const message = await other.action(similar, args).catch((error: unknown) => (error as Error).message)
  const outcome = await app.engine.action({ path: 'tunes:similar', args, identity: null })
  expect(outcome).toMatchObject({ ok: false, errorMessage: `Uncaught Error: ${String(message)}` })
})

function readable(found: Found): [name: string | undefined, score: number][] {
  return found.map(({ _id, _score }) => [names.get(_id), Math.round(_score * 1e5) / 1e5])
}
