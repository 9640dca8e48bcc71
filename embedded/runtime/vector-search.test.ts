import { fileURLToPath } from 'node:url'
import { convexToJson, type JSONValue, type Value } from 'convex/values'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

const projectDir = fileURLToPath(new URL('../fixtures/vectors', import.meta.url))
let app: OpenEngine
/** The names of the documents by id. */
let names: Map<string, string>
beforeEach(async () => {
  app = await openEngine({ projectDir })
  names = new Map()
})
afterEach(async () => await app[Symbol.asyncDispose]())

async function add(...tunes: { [field: string]: Value }[]): Promise<string[]> {
  const ids = await app.write('tunes:add', { tunes: convexToJson(tunes) })
  if (!Array.isArray(ids)) throw new TypeError('Not a list')
  for (const [place, id] of ids.entries()) names.set(String(id), String(tunes[place]?.['name']))
  return ids.map(String)
}

async function run(path: string, args: { [name: string]: Value }): Promise<[name: string, score: number][]> {
  const outcome = await app.engine.action({ path, args: convexToJson(args), identity: null })
  if (!outcome.ok) throw new Error(outcome.errorMessage)
  return namesAndScores(outcome.value)
}

function namesAndScores(results: JSONValue): [name: string, score: number][] {
  const found = results as { _id: string; _score: number }[]
  return found.map((result) => {
    expect(Object.keys(result)).toEqual(['_id', '_score'])
    return [names.get(result._id) ?? result._id, Math.round(result._score * 1e6) / 1e6]
  })
}

async function similar(vector: number[], args: { [name: string]: Value } = {}): Promise<string[]> {
  return (await run('tunes:similar', { vector, ...args })).map(([name]) => name)
}

describe('a vector search finds', () => {
  test('the nearest documents by their cosine, best first', async () => {
    await add(
      { name: 'away', sound: [-2, 0, 0] },
      { name: 'across', sound: [0, 5, 0] },
      { name: 'same', sound: [3, 0, 0] },
      { name: 'near', sound: [3, 4, 0] },
      { name: 'nowhere', sound: [0, 0, 0] },
    )
    const found = await run('tunes:similar', { vector: [2, 0, 0] })
    expect(new Map(found)).toEqual(
      new Map([
        ['same', 1],
        ['near', 0.6],
        ['across', 0],
        ['nowhere', 0],
        ['away', -1],
      ]),
    )
    expect(found.map(([, score]) => score)).toEqual([1, 0.6, 0, 0, -1])
  })

  test('only documents with a vector of the right kind', async () => {
    await add(
      { name: 'right', sound: [1, 1, 1] },
      { name: 'short', sound: [1, 1] },
      { name: 'long', sound: [1, 1, 1, 1] },
      { name: 'text', sound: 'a text' },
      { name: 'int64', sound: [1n, 1n, 1n] },
      { name: 'not a number', sound: [1, Number.NaN, 1] },
      { name: 'without' },
    )
    expect(await similar([1, 0, 0])).toEqual(['right'])
  })

  test('10 when no limit is given, and up to 256', async () => {
    await add(...Array.from({ length: 300 }, (_, number) => ({ name: `${number}`, sound: [300, number, 0] })))
    const nearest = Array.from({ length: 300 }, (_, number) => `${number}`)
    expect(await similar([1, 0, 0])).toEqual(nearest.slice(0, 10))
    expect(await similar([1, 0, 0], { limit: 1 })).toEqual(['0'])
    expect(await similar([1, 0, 0], { limit: 256 })).toEqual(nearest.slice(0, 256))
  })

  test('equal documents in the order of their ids, always the same', async () => {
    const ids = await add(...Array.from({ length: 20 }, (_, number) => ({ name: `${number}`, sound: [1, 2, 3] })))
    const inOrder = ids.toSorted().map((id) => names.get(id))
    expect(await similar([1, 2, 3], { limit: 20 })).toEqual(inOrder)
    expect(await similar([-1, 0, 0], { limit: 5 })).toEqual(inOrder.slice(0, 5))
  })

  test('what one of the filters lets through, also the absence of a field and a field of an object', async () => {
    await add(
      { name: 'calm', sound: [1, 0, 0], mood: 'calm' },
      { name: 'wild', sound: [1, 1, 0], mood: 'wild', about: { tempo: 200 } },
      { name: 'slow', sound: [1, 2, 0], about: { tempo: 60 } },
    )
    const where = (...conditions: { field: string; is?: Value }[]) => similar([1, 0, 0], { where: conditions })
    expect(await where({ field: 'mood', is: 'calm' })).toEqual(['calm'])
    expect(await where({ field: 'mood', is: 'sad' })).toEqual([])
    expect(await where({ field: 'mood', is: 'wild' }, { field: 'mood', is: 'calm' })).toEqual(['calm', 'wild'])
    expect(await where({ field: 'about.tempo', is: 60 }, { field: 'mood', is: 'calm' })).toEqual(['calm', 'slow'])
    expect(await where({ field: 'mood' })).toEqual(['slow'])
    expect(await where({ field: 'about.tempo', is: 'calm' })).toEqual([])
    expect(await run('tunes:ofMood', { vector: [1, 0, 0], mood: 'calm' })).toEqual([['calm', 1]])
  })

  test('by a vector inside an object', async () => {
    await add({ name: 'up', about: { text: [0, 1] } }, { name: 'down', about: { text: [0, -1] } }, { name: 'none' })
    expect(await run('tunes:similar', { index: 'by_text', vector: [0, 2] })).toEqual([
      ['up', 1],
      ['down', -1],
    ])
  })

  test('in an HTTP action, too', async () => {
    await add({ name: 'one', sound: [1, 0, 0] }, { name: 'two', sound: [0, 1, 0] })
    const request = new Request('http://app.test/similar', { method: 'POST', body: '[1, 9, 0]' })
    const response = await app.engine.httpAction(request, null)
    expect(namesAndScores(await response?.json())).toEqual([['two', 0.993884]])
  })
})

test('a search sees every commit that was answered, and no document as it was before', async () => {
  await add({ name: 'first', sound: [1, 0, 0], mood: 'calm' })
  expect(await similar([1, 0, 0])).toEqual(['first'])
  const [second = '', third = ''] = await add(
    { name: 'second', sound: [1, 1, 0], mood: 'calm' },
    { name: 'third', sound: [1, 2, 0] },
  )
  expect(await similar([1, 0, 0])).toEqual(['first', 'second', 'third'])

  await app.write('tunes:change', { id: third, fields: { sound: [1, 0.5, 0] } })
  expect(await similar([1, 0, 0])).toEqual(['first', 'third', 'second'])
  await app.write('tunes:change', { id: third, fields: { mood: 'calm' } })
  await app.write('tunes:change', { id: second, fields: { mood: 'wild' } })
  expect(await similar([1, 0, 0], { where: [{ field: 'mood', is: 'calm' }] })).toEqual(['first', 'third'])
  expect(await similar([1, 0, 0], { where: [{ field: 'mood', is: 'wild' }] })).toEqual(['second'])

  await app.write('tunes:change', { id: third, fields: { sound: [1, 0] } })
  expect(await similar([1, 0, 0])).toEqual(['first', 'second'])
  await app.write('tunes:replace', { id: third, tune: { name: 'third', sound: [9, 0, 1] } })
  await app.write('tunes:remove', { id: second })
  expect(await similar([1, 0, 0])).toEqual(['first', 'third'])
})

test('what outlives the engine is found by the next one', async () => {
  await add({ name: 'kept', sound: [1, 0, 0] }, { name: 'other', sound: [0, 1, 0] })
  app = await app.reopen()
  await add({ name: 'new', sound: [1, 1, 0] })
  expect(await similar([1, 0, 0])).toEqual(['kept', 'new', 'other'])
})
