import { expect, test } from 'vitest'
import { lostInFinal, lostInPrefix } from './reply-check.ts'

test.each([
  ['abcdef', 0],
  ['abcde', 1],
  ['abdef', 4],
  ['abcdefg', 1],
  ['', 6],
])('of the script "abcdef" the final text %j lost %i', (final, lost) => {
  expect(lostInFinal('abcdef', final)).toBe(lost)
})

test.each([
  ['', 0],
  ['abc', 0],
  ['abd', 1],
  ['abcdefgh', 2],
  ['acd', 2],
])('of the script "abcdef" the prefix %j lost %i', (shown, lost) => {
  expect(lostInPrefix('abcdef', shown)).toBe(lost)
})
