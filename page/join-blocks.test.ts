import { expect, test } from 'vitest'
import { joinBlocks } from './join-blocks.ts'
import type { LabelledBlock } from './join-blocks.ts'

const block = (text: string, zone: 'main' | 'rest' = 'main'): LabelledBlock => ({ kind: 'paragraph', text, zone })

test('joins with a blank line and merges neighbours of a zone', () => {
  const joined = joinBlocks([block('one'), block('two'), block('aside', 'rest'), block('three')], 100)
  expect(joined).toEqual({
    text: 'one\n\ntwo\n\naside\n\nthree',
    zones: [
      { zone: 'main', start: 0, end: 8 },
      { zone: 'rest', start: 10, end: 15 },
      { zone: 'main', start: 17, end: 22 },
    ],
    truncated: false,
  })
  expect(joined.zones.map(({ start, end }) => joined.text.slice(start, end))).toEqual(['one\n\ntwo', 'aside', 'three'])
})

test.each<[bytes: number, text: string, end: number]>([
  [7, 'one\n\ntw', 7],
  [5, 'one\n\n', 3],
  [3, 'one', 3],
])('cut at %i bytes, the zone ends with the text', (bytes, text, end) => {
  expect(joinBlocks([block('one'), block('two')], bytes)).toEqual({
    text,
    zones: [{ zone: 'main', start: 0, end }],
    truncated: true,
  })
})

test('no blocks, no text', () => {
  expect(joinBlocks([], 10)).toEqual({ text: '', zones: [], truncated: false })
})
