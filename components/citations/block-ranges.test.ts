import { expect, test } from 'vitest'
import { blockRanges } from './block-ranges.ts'

test('each quotation in its block, by its place there', () => {
  const blocks = ['One “a” two.\n\n', 'One “a” two.\n\n', 'Three “b”.']
  const text = blocks.join('')
  const quotes = [text.indexOf('“a”'), text.lastIndexOf('“a”'), text.indexOf('“b”')].map((start) => ({
    start,
    end: start + 3,
  }))
  expect(blockRanges(text, blocks, quotes)).toEqual([
    [{ view: 0, start: 4, end: 7 }],
    [{ view: 1, start: 4, end: 7 }],
    [{ view: 2, start: 6, end: 9 }],
  ])
})

test('a block that the text does not have holds none', () => {
  expect(blockRanges('“a” b', ['something else', '“a” b'], [{ start: 0, end: 3 }])).toEqual([
    [],
    [{ view: 0, start: 0, end: 3 }],
  ])
})
