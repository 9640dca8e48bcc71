import { fileURLToPath } from 'node:url'
import { convexToJson, type JSONValue, type Value } from 'convex/values'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEngine, type OpenEngine } from '../fixtures/open-engine.ts'

let app: OpenEngine
beforeAll(async () => {
  app = await openEngine({ projectDir: fileURLToPath(new URL('../fixtures/vectors', import.meta.url)) })
  await app.write('tunes:add', { tunes: [{ name: 'one', sound: [1, 0, 0], mood: '63' }] })
})
afterAll(async () => await app[Symbol.asyncDispose]())

async function run(path: string, args: { [name: string]: Value }): Promise<JSONValue> {
  const outcome = await app.engine.action({ path, args: convexToJson(args), identity: null })
  if (!outcome.ok) throw new Error(outcome.errorMessage)
  return outcome.value
}

describe('a search is refused', () => {
  const where = (count: number) => Array.from({ length: count }, (_, number) => ({ field: 'mood', is: `${number}` }))

  test.each<[string, { [name: string]: Value }, string]>([
    ['whose vector is too short', { vector: [1, 0] }, 'has 3 dimensions; the vector has 2'],
    ['whose vector is too long', { vector: [1, 0, 0, 0] }, 'has 3 dimensions; the vector has 4'],
    ['without a vector', { vector: [] }, '`vector` must be a non-empty Array in vectorSearch'],
    ['by what is no number', { vector: [1, Number.NaN, 0] }, 'needs a vector of finite numbers'],
    ['for nothing', { limit: 0 }, 'must be from 1 to 256; it is 0.'],
    ['for too much', { limit: 257 }, 'must be from 1 to 256; it is 257.'],
    ['for a part of a document', { limit: 1.5 }, 'must be from 1 to 256; it is 1.5.'],
    [
      'by an unknown index',
      { index: 'by_smell' },
      'Cannot use vector index "by_smell" for table "tunes" because it is not declared in the schema.',
    ],
    [
      'of an unknown table',
      { table: 'smells' },
      'Cannot use vector index "by_sound" for table "smells" because it is not declared in the schema.',
    ],
    [
      'by a staged index',
      { index: 'by_sound_later' },
      'Cannot use vector index "by_sound_later" for table "tunes" because it is not declared in the schema.',
    ],
    [
      'behind a field that is no filter field',
      { where: [{ field: 'name', is: 'x' }] },
      'filters by "name", which is not in its `filterFields`',
    ],
    ['behind too many values', { where: where(65) }, 'too many filter conditions. Max: 64 Actual: 65'],
  ])('%s', async (_name, args, message) => {
    await expect(run('tunes:similar', { vector: [1, 0, 0], ...args })).rejects.toThrow(message)
  })

  test('behind what is not `q.eq` of a field and a value', async () => {
    await expect(run('tunes:withoutEquality', {})).rejects.toThrow('`q.eq` takes the name of a field and a value.')
  })

  test('but not behind 64 values', async () => {
    expect(await run('tunes:similar', { vector: [1, 0, 0], where: where(64) })).toHaveLength(1)
  })
})
