import { expect, test } from 'vitest'
import { chooseMain, isReadabilityEnough } from './choose-main.ts'

/** A page of 100 words, of which each reader holds the first so many. */
const page = Array.from({ length: 100 }, () => ({ kind: 'paragraph', text: 'word' }) as const)
const first = (count: number): number[] => page.map((_block, at) => (at < count ? 1 : 0))

test.each<[readability: number, defuddle: number, landmark: number, method: string]>([
  [100, 100, 100, 'readability'],
  [70, 100, 100, 'readability'],
  [69, 100, 100, 'defuddle'],
  [100, 0, 100, 'readability'],
  [0, 100, 100, 'defuddle'],
  [0, 0, 100, 'landmark'],
  [29, 29, 100, 'landmark'],
  [10, 30, 100, 'defuddle'],
  [0, 0, 0, 'landmark'],
])('of %i, %i and %i words', (readability, defuddle, landmark, method) => {
  const held = { readability: first(readability), defuddle: first(defuddle), landmark: first(landmark) }
  expect(chooseMain({ page, ...held, types: new Set() }).method).toBe(method)
})

test.each<[what: string, readability: number[], types: string[], prices: number, method: string, defuddle?: number]>([
  ['a product of which Defuddle found nothing', first(90), ['Product'], 0, 'readability', 10],
  ['a product that the two see differently', first(90), ['Product'], 0, 'defuddle'],
  ['a product on which they agree', first(60), ['Product'], 0, 'readability'],
  ['many prices', first(90), [], 6, 'defuddle'],
  ['few prices', first(90), [], 5, 'readability'],
])('a shop: %s', (_what, readability, types, prices, method, defuddle = 40) => {
  const shop = page.map((block, at) => (at < prices ? { ...block, text: '€ 4' } : block))
  const held = { readability, defuddle: first(defuddle), landmark: first(100) }
  expect(chooseMain({ page: shop, ...held, types: new Set(types) }).method).toBe(method)
})

test.each([
  ['from 70 % of the page on', 70, [], 0, true],
  ['not of less', 69, [], 0, false],
  ['not on the page of a product', 100, ['Product'], 0, false],
  ['not on a page of prices', 100, [], 6, false],
])('Readability is enough %s, and then Defuddle changes nothing', (_what, readability, types, prices, expected) => {
  const priced = page.map((block, at) => (at < prices ? { ...block, text: '€ 4' } : block))
  const known = { page: priced, readability: first(readability), types: new Set(types) }
  expect(isReadabilityEnough(known)).toBe(expected)
  if (!expected) return
  for (let defuddle = 0; defuddle <= 100; defuddle += 10) {
    for (const held of [first(defuddle), first(defuddle).toReversed()])
      expect(chooseMain({ ...known, defuddle: held, landmark: first(100) })).toEqual({
        method: 'readability',
        held: known.readability,
      })
  }
})

test('a page without words is not decided', () => {
  expect(isReadabilityEnough({ page: [], readability: [], types: new Set() })).toBe(false)
})

test('white space and marks do not count', () => {
  const spaced = [
    { kind: 'table', text: `| word |${' '.repeat(500)}${' --- |'.repeat(50)}` },
    { kind: 'paragraph', text: 'ten words' },
  ] as const
  const held = { readability: [0, 1], defuddle: [1, 0], landmark: [0, 0] }
  expect(chooseMain({ page: spaced, ...held, types: new Set() }).method).toBe('readability')
})
