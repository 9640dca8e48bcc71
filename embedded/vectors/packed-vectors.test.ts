import { describe, expect, test } from 'vitest'
import { seededRandom } from '../values/seeded-random.ts'
import type { Neighbour } from './nearest.ts'
import { PackedVectors } from './packed-vectors.ts'
import { expectNearest, plainSearch, toEnd } from './plain-search.ts'
import { unitVector } from './unit-vector.ts'

const seed = Math.floor(Math.random() * 2 ** 32)

function unit(vector: readonly number[]): Float32Array {
  const found = unitVector([...vector], vector.length)
  if (found === null) throw new TypeError('Not a vector')
  return found
}

test.each([3, 4, 70])(`searches see the state in which they began (%i dimensions, seed ${seed})`, (dimensions) => {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  // Few different numbers, so that many documents are equally near.
  const vector = () => Array.from({ length: dimensions }, () => upTo(5) - 2)
  const packed = new PackedVectors(dimensions)
  const model = new Map<string, { vector: number[]; kind: string }>()
  const set = (id: string) => {
    const row = { vector: vector(), kind: `kind ${upTo(3)}` }
    packed.set(id, unit(row.vector), [row.kind, 'other'])
    model.set(id, row)
  }
  for (let number = 0; number < 2500; number++) set(`id ${upTo(4000)}`)

  const running: { search: Generator<void, readonly Neighbour[]>; all: Neighbour[]; limit: number }[] = []
  let finished = 0
  const begin = () => {
    const sought = vector()
    const kinds = [[], ['kind 0'], ['kind 1', 'kind 2'], ['kind 9']][upTo(4)] ?? []
    const limit = [1, 10, 256][upTo(3)] ?? 10
    const search = packed.search({ vector: unit(sought), limit, filters: new Set(kinds) })
    search.next()
    const matching = [...model].filter(([, { kind }]) => kinds.length === 0 || kinds.includes(kind))
    const all = plainSearch(
      matching.map(([id, row]) => [id, row.vector]),
      sought,
    )
    running.push({ search, all, limit })
  }
  for (let round = 0; round < 1500; round++) {
    const id = `id ${upTo(4000)}`
    if (random() < 0.6) set(id)
    else {
      packed.remove(id)
      model.delete(id)
    }
    if (random() < 0.02 && running.length < 4) begin()
    const one = running[upTo(running.length)]
    if (one === undefined || random() < 0.9) continue
    const step = one.search.next()
    if (step.done !== true) continue
    expectNearest(step.value, one.all, one.limit)
    running.splice(running.indexOf(one), 1)
    finished++
  }
  expect(finished).toBeGreaterThan(10)
})

describe('an index', () => {
  const search = (packed: PackedVectors, vector: number[], limit = 10) =>
    toEnd(packed.search({ vector: unit(vector), limit, filters: new Set() }))

  test('that is empty finds nothing', () => {
    expect(search(new PackedVectors(2), [1, 2])).toEqual([])
  })

  test('gives equal documents in the order of their ids, whatever was first', () => {
    const packed = new PackedVectors(2)
    for (const id of ['b', 'd', 'a', 'c']) packed.set(id, unit([1, 2]), [])
    expect(search(packed, [1, 2]).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(search(packed, [1, 2], 2).map(({ id }) => id)).toEqual(['a', 'b'])
    packed.remove('a')
    packed.set('a', unit([1, 2]), [])
    expect(search(packed, [1, 2], 2).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('uses the place of what was replaced again', () => {
    const packed = new PackedVectors(4096)
    const vector = new Float32Array(4096).fill(1 / 64)
    const before = process.memoryUsage().arrayBuffers
    for (let times = 0; times < 10_000; times++) packed.set('one', vector, [])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
    expect(search(packed, Array.from(vector))).toMatchObject([{ id: 'one', score: 1 }])
  })
})

describe('a vector of an index', () => {
  test.each([
    ['whose length is not 1', [3, 4], [0.6, 0.8]],
    ['that points the other way', [-3, 4], [-0.6, 0.8]],
    ['of large numbers', [3e150, 4e150], [0.6, 0.8]],
    ['of zeros', [0, 0], [0, 0]],
  ])('%s gets length 1, unless it has none', (_name, vector, expected) => {
    expect(unitVector(vector, 2)).toEqual(Float32Array.from(expected))
  })

  test.each([
    ['another length', [1, 2, 3]],
    ['no array', 'a text'],
    ['nothing', undefined],
    ['int64s', [1n, 2n]],
    ['texts', ['1', '2']],
    ['no numbers', [Number.NaN, 1]],
    ['infinite numbers', [Number.POSITIVE_INFINITY, 1]],
  ])('is none with %s', (_name, value) => {
    expect(unitVector(value, 2)).toBeNull()
  })
})
