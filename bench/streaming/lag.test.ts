import { expect, test } from 'vitest'
import { quantile, tokenLags } from './lag.ts'

test('a token has arrived with the first callback that holds all of it', () => {
  const callbacks = [
    { length: 3, at: 12 },
    { length: 5, at: 25 },
    { length: 11, at: 60 },
  ]
  expect(tokenLags('one two six', [10, 20, 30], callbacks)).toEqual([2, 40, 30])
})

test('tokens that never arrived have no lag', () => {
  expect(tokenLags('one two', [10, 20], [{ length: 3, at: 11 }])).toEqual([1])
})

test.each([
  [0.5, 2],
  [0.95, 4],
  [1, 4],
  [0, 1],
])('quantile %d', (share, value) => {
  expect(quantile([4, 1, 3, 2], share)).toBe(value)
})
