import { expect, test } from 'vitest'
import { textBlocks } from './text-blocks.ts'
import { zoneSections } from './zone-sections.ts'
import type { ZoneRun } from './zone-sections.ts'

const text = 'one\n\ntwo\n\nthree\n\nfour'

test.each<[name: string, zones: ZoneRun[], expected: [zone: string, words: string[]][]]>([
  ['no zones', [], [['main', ['one', 'two', 'three', 'four']]]],
  [
    'main, then rest',
    [
      { zone: 'main', start: 0, end: 8 },
      { zone: 'rest', start: 10, end: 21 },
    ],
    [
      ['main', ['one', 'two']],
      ['rest', ['three', 'four']],
    ],
  ],
  [
    'rest between, and more text than zones',
    [
      { zone: 'main', start: 0, end: 3 },
      { zone: 'rest', start: 5, end: 8 },
    ],
    [
      ['main', ['one']],
      ['rest', ['two']],
      ['main', ['three', 'four']],
    ],
  ],
])('%s', (_name, zones, expected) => {
  const sections = zoneSections(textBlocks(text), zones)
  expect(sections.map(({ zone, blocks }) => [zone, blocks.map(({ start, end }) => text.slice(start, end))])).toEqual(
    expected,
  )
})
