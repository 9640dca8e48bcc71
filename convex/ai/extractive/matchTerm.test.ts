import { expect, it } from 'vitest'
import { matchTerm } from './matchTerm.ts'

it.each([
  ['same', 'same', 1],
  ['key', 'keys', 0.8],
  ['retry', 'retries', 0],
  ['retries', 'retried', 0.8],
  ['kritisiert', 'kritisieren', 0.8],
  ['car', 'carpet', 0],
  ['an', 'ant', 0],
  ['water', 'waves', 0],
])('%s answers to %s: %d', (found, asked, match) => {
  expect(matchTerm(asked, found)).toBe(match)
})
