import { expect, it } from 'vitest'
import { Best } from './best.ts'

it.each([
  [[], []],
  [[1], [1]],
  [
    [1, 3, 2],
    [3, 2, 1],
  ],
  [
    [5, 1, 4, 2, 3],
    [5, 4, 3],
  ],
  [
    [1, 1, 1, 1],
    [1, 1, 1],
  ],
])('of %j keeps %j', (scores, kept) => {
  const best = new Best<number>(3)
  for (const score of scores) best.offer(score, score)
  expect(best.items.map(({ score }) => score)).toEqual(kept)
})
