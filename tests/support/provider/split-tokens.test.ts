import { expect, test } from 'vitest'
import { splitTokens } from './split-tokens.ts'

test.each([
  ['', 0],
  ['one two', 2],
  ['one  two\n\nthree', 6],
  ['extraordinarily', 3],
  ['日本語のテキストです', 2],
  ['family 👨‍👩‍👧 and 🇫🇷', 4],
])('%j is %i tokens, and joined again the same text', (text, count) => {
  const tokens = splitTokens(text)
  expect(tokens.join('')).toBe(text)
  expect(tokens).toHaveLength(count)
  expect(tokens.every((token) => token.isWellFormed())).toBe(true)
})
