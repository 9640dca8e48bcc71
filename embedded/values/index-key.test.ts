import { compareValues, type Value } from 'convex/values'
import { expect, test } from 'vitest'
import { arbitraryValue, neighbourOf } from './arbitrary-value.ts'
import { afterKey, afterPrefix, compareKeys, encodeIndexKey } from './index-key.ts'
import { seededRandom } from './seeded-random.ts'

const seed = Math.floor(Math.random() * 2 ** 32)
const pairs = 100_000

test(`keys sort as compareValues does (seed ${seed}, ${pairs} pairs)`, () => {
  const random = seededRandom(seed)
  const wrong: unknown[] = []
  const seen = new Map<string, number>()
  for (let pair = 0; pair < pairs; pair++) {
    const value = arbitraryValue(random)
    const left = random() < 0.05 ? undefined : value
    const right = random() < 0.3 ? neighbourOf(random, value) : random() < 0.1 ? left : arbitraryValue(random)
    for (const kind of kindsOf(value)) seen.set(kind, (seen.get(kind) ?? 0) + 1)
    const expected = Math.sign(compareValues(left, right))
    const actual = Math.sign(compareKeys(encodeIndexKey([left]), encodeIndexKey([right])))
    if (actual !== expected) wrong.push({ pair, left, right, expected, actual })
  }
  expect(wrong).toEqual([])
  for (const kind of kinds) expect([kind, (seen.get(kind) ?? 0) > 100]).toEqual([kind, true])
})

/** What the random values must have held, each more than a hundred times. */
const kinds = ['null', 'int64', 'negative zero', 'NaN', 'float', 'boolean', 'astral string', 'string', 'bytes'].concat([
  'array',
  'array in array',
  'object',
  'object in array',
  'array in object',
])

function kindsOf(value: Value, within = ''): string[] {
  const kind = kindOf(value)
  const own = within === '' ? [kind] : [kind, `${kind} in ${within}`]
  if (kind !== 'array' && kind !== 'object') return own
  const elements: Value[] = Object.values(value ?? {})
  return [...own, ...elements.flatMap((element) => kindsOf(element, kind))]
}

function kindOf(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'bigint') return 'int64'
  if (typeof value === 'number') return Object.is(value, -0) ? 'negative zero' : Number.isNaN(value) ? 'NaN' : 'float'
  if (typeof value === 'string') return /[\u{10000}-\u{10ffff}]/u.test(value) ? 'astral string' : 'string'
  if (value instanceof ArrayBuffer) return 'bytes'
  return Array.isArray(value) ? 'array' : typeof value
}

test.each(['\ud800', 'a\udc00', '\ud83da'])('%j, half a surrogate pair, has no key', (text) => {
  expect(() => encodeIndexKey([text])).toThrow('unpaired surrogate')
  expect(() => encodeIndexKey([[{ a: text }]])).toThrow('unpaired surrogate')
})

test(`keys of several values sort as tuples (seed ${seed})`, () => {
  const random = seededRandom(seed)
  for (let pair = 0; pair < 5_000; pair++) {
    const left = Array.from({ length: 3 }, () => arbitraryValue(random, 1))
    const right = left.map((value) => (random() < 0.5 ? value : arbitraryValue(random, 1)))
    expect(Math.sign(compareKeys(encodeIndexKey(left), encodeIndexKey(right)))).toBe(compareTuples(left, right))
  }
})

test('every value of the order, from least to greatest', () => {
  const ascending: (Value | undefined)[] = [
    undefined, null, -(2n ** 63n), -1n, 0n, 2n ** 63n - 1n, -Infinity, -1.5, -5e-324, -0, 0, 5e-324, Infinity, NaN,
    false, true, '', '\0', '\0\0', 'a', 'a\0', 'aa', 'é', '\uffff', '😀', new ArrayBuffer(0), new ArrayBuffer(1),
    [], [null], [null, null], [[]], {}, { a: null }, { a: null, b: null }, { b: null },
  ] // oxfmt-ignore
  const keys = ascending.map((value) => encodeIndexKey([value]))
  expect(keys.toSorted(compareKeys)).toEqual(keys)
})

test('bounds around a prefix', () => {
  const cases: [number[], number[] | null][] = [
    [[1], [2]],
    [[1, 255], [2]],
    [
      [1, 254, 255, 255],
      [1, 255],
    ],
    [[255], null],
    [[], null],
  ]
  for (const [prefix, after] of cases) {
    expect(afterPrefix(Uint8Array.from(prefix))).toEqual(after && Uint8Array.from(after))
  }
  expect(afterKey(Uint8Array.of(1, 255))).toEqual(Uint8Array.of(1, 255, 0))
})

function compareTuples(left: Value[], right: Value[]): number {
  for (const [position, value] of left.entries()) {
    const order = Math.sign(compareValues(value, right[position]))
    if (order !== 0) return order
  }
  return 0
}
