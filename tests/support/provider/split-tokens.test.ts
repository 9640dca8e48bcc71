import { expect, test } from 'vitest'
import { splitTokens } from './split-tokens.ts'

test.each([
  ['', 0],
  ['one two', 2],
  ['one  two\n\nthree', 7],
  ['extraordinarily', 4],
  ['日本語のテキストです', 3],
  ['family 👨‍👩‍👧 and 🇫🇷', 6],
])('%j is %i tokens, and joined again the same text', (text, count) => {
  const tokens = splitTokens(text)
  expect(tokens.join('')).toBe(text)
  expect(tokens).toHaveLength(count)
  expect(tokens.every((token) => token.isWellFormed())).toBe(true)
})
