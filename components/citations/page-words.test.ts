import { expect, test } from 'vitest'
import { pageWords } from './page-words.ts'

test.each([
  ['plain words', 'plain words'],
  ['## What the curve\n\ncannot say', 'What the curve cannot say'],
  ['- one thing\n- another', 'one thing another'],
  ['> said\n> twice', 'said twice'],
  ['| low pressure | 1 cm |\n| --- | --- |\n| wind | 2 cm |', 'low pressure 1 cm wind 2 cm'],
  ['```js\nconst a\n```', 'const a'],
  ['1. a number is kept', '1. a number is kept'],
])('%s', (words, expected) => {
  expect(pageWords(words)).toBe(expected)
})
