import { expect, it } from 'vitest'
import { fairShares } from './fairShares.ts'

it.each<[string, number[], number, number[]]>([
  ['all that is needed', [10, 20], 100, [10, 20]],
  ['halves', [100, 100], 50, [25, 25]],
  ['what a small one leaves', [1000, 10, 1000], 110, [50, 10, 50]],
  ['nothing', [5, 5], 0, [0, 0]],
  ['nobody', [], 10, []],
])('%s', (_name, needs, budget, shares) => {
  expect(fairShares(needs, budget)).toEqual(shares)
})
