import { expect, test } from 'vitest'
import { markedPieces, rangesWithGaps } from './ranges.ts'

const block = { start: 10, end: 20 }

test.each([
  ['nothing marked', undefined, [[10, 20, false]]],
  ['a mark elsewhere', { start: 20, end: 30 }, [[10, 20, false]]],
  [
    'a mark inside',
    { start: 12, end: 15 },
    [
      [10, 12, false],
      [12, 15, true],
      [15, 20, false],
    ],
  ],
  [
    'a mark from before',
    { start: 0, end: 15 },
    [
      [10, 15, true],
      [15, 20, false],
    ],
  ],
  ['a mark over all of it', { start: 0, end: 30 }, [[10, 20, true]]],
])('%s', (_name, mark, expected) => {
  expect(markedPieces(block, mark).map(({ start, end, marked }) => [start, end, marked])).toEqual(expected)
})

test('what was sent, and what was not', () => {
  const text = 'one\n\ntwo\n\nthree\n\nfour'
  const shown = (ranges: { start: number; end: number }[]) =>
    rangesWithGaps(ranges, text).map(({ start, end, sent }) => [text.slice(start, end), sent])
  expect(shown([{ start: 0, end: 21 }])).toEqual([[text, true]])
  expect(
    shown([
      { start: 0, end: 3 },
      { start: 5, end: 8 },
      { start: 17, end: 21 },
    ]),
  ).toEqual([
    ['one', true],
    ['two', true],
    ['\n\nthree\n\n', false],
    ['four', true],
  ])
  expect(shown([])).toEqual([[text, false]])
})
