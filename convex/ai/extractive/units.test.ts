import { describe, expect, it } from 'vitest'
import { readUnits } from './units.ts'

describe('readUnits', () => {
  it.each([
    ['a heading', '## What it is', [['heading', 'What it is']]],
    [
      'paragraphs',
      'One.\n\nTwo.',
      [
        ['paragraph', 'One.'],
        ['paragraph', 'Two.'],
      ],
    ],
    ['a line break inside', 'One\nmore.', [['paragraph', 'One\nmore.']]],
    [
      'items',
      '- One.\n- Two.\n  1. Three.',
      [
        ['item', 'One.'],
        ['item', 'Two.'],
        ['item', 'Three.'],
      ],
    ],
    ['an item that goes on', '- One\n  more.', [['item', 'One\nmore.']]],
    ['a quote', '> Said.\n> Again.', [['quote', 'Said.\nAgain.']]],
    [
      'no code',
      'Text.\n\n```js\nlet x = 1\n```\n\nMore.',
      [
        ['paragraph', 'Text.'],
        ['paragraph', 'More.'],
      ],
    ],
    ['no table', '| a | b |\n| --- | --- |\n| 1 | 2 |', []],
    ['no rule', '---\n\n* * *', []],
    ['no link target', 'See [the manual](https://example.com/x) now.', [['paragraph', 'See the manual now.']]],
    ['no image', '![alt](x.png)', []],
  ])('%s', (_name, markdown, units) => {
    expect([...readUnits(markdown)].map(({ kind, text }) => [kind, text])).toEqual(units)
  })
})
