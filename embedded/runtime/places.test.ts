import { expect, test } from 'vitest'
import { compareKeys, encodeIndexKey } from '../values/index-key.ts'
import { seededRandom } from '../values/seeded-random.ts'
import { placeOfInterval, placesOfKey } from './places.ts'

const id = (letter: string): string => letter.repeat(32)

test('what lies inside an interval shares a place with it', () => {
  const random = seededRandom(1871)
  const some = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  // Long ones that begin alike, and short ones, as index keys are.
  const key = (): Uint8Array =>
    encodeIndexKey(
      some<readonly (string | number)[]>([[some([id('a'), id('b')]), some([1, 2, 3, 4])], [some(['', 'a', 'aa'])]]),
    )
  let inside = 0
  for (let round = 0; round < 20_000; round++) {
    const [first, second, written] = [key(), key(), key()]
    const [lower, end] = compareKeys(first, second) <= 0 ? [first, second] : [second, first]
    const upper = random() < 0.2 ? null : end
    if (compareKeys(lower, written) > 0 || (upper !== null && compareKeys(written, upper) >= 0)) continue
    inside++
    expect(placesOfKey(7, written)).toContain(placeOfInterval(7, lower, upper))
  }
  expect(inside).toBeGreaterThan(2_000)
})

test('intervals of different ids have different places, and so have indexes', () => {
  const interval = (index: number, letter: string): string =>
    placeOfInterval(index, encodeIndexKey([id(letter), 1]), encodeIndexKey([id(letter), 9]))
  const written = placesOfKey(7, encodeIndexKey([id('a'), 5]))
  expect(written).toContain(interval(7, 'a'))
  expect(written).not.toContain(interval(7, 'b'))
  expect(written).not.toContain(interval(8, 'a'))
})
