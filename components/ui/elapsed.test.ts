import { expect, test } from 'vitest'
import { elapsed } from './elapsed.ts'

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [12_000, '0:12'],
  [80_000, '1:20'],
  [3_723_000, '1:02:03'],
  [-5_000, '0:00'],
])('%i ms is %s', (ms, expected) => {
  expect(elapsed(ms)).toBe(expected)
})
