import { expect, test } from 'vitest'
import { textBlocks } from './text-blocks.ts'

function shown(text: string): [kind: string, words: string][] {
  return textBlocks(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
}

test('each block with its kind', () => {
  expect(shown('# Tides\n\nOne.\nTwo.\n\n- a\n- b\n\n> said\n\n| a | b |\n| --- | --- |\n| 1 | 2 |')).toEqual([
    ['heading', '# Tides'],
    ['text', 'One.\nTwo.'],
    ['text', '- a\n- b'],
    ['quote', '> said'],
    ['table', '| a | b |\n| --- | --- |\n| 1 | 2 |'],
  ])
})

test.each<[name: string, text: string, expected: [string, string][]]>([
  ['nothing', '', []],
  [
    'code with empty lines is one block',
    '```js\na\n\n# b\n\n\nc\n```\n\nend',
    [
      ['code', '```js\na\n\n# b\n\n\nc\n```'],
      ['text', 'end'],
    ],
  ],
  ['code in a longer fence', '````\n```\n\nx\n````', [['code', '````\n```\n\nx\n````']]],
  [
    'code that was cut',
    'a\n\n```\nb\n\nc',
    [
      ['text', 'a'],
      ['code', '```\nb\n\nc'],
    ],
  ],
  [
    'more than one empty line',
    'a\n\n\n\nb',
    [
      ['text', 'a'],
      ['text', 'b'],
    ],
  ],
])('%s', (_name, text, expected) => {
  expect(shown(text)).toEqual(expected)
})
