import { compareValues, type Value } from 'convex/values'
import { expect, test } from 'vitest'
import { arbitraryValue } from './arbitrary-value.ts'
import { afterKey, afterPrefix, compareKeys, encodeIndexKey } from './index-key.ts'
import { seededRandom } from './seeded-random.ts'

const seed = Math.floor(Math.random() * 2 ** 32)
const pairs = 20_000

test(`keys sort as compareValues does (seed ${seed}, ${pairs} pairs)`, () => {
  const random = seededRandom(seed)
  const wrong: unknown[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const left = random() < 0.05 ? undefined : arbitraryValue(random)
    const right = random() < 0.05 ? undefined : random() < 0.1 ? left : arbitraryValue(random)
    const expected = Math.sign(compareValues(left, right))
    const actual = Math.sign(compareKeys(encodeIndexKey([left]), encodeIndexKey([right])))
    if (actual !== expected) wrong.push({ pair, left, right, expected, actual })
  }
  expect(wrong).toEqual([])
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
