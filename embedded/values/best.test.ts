import { expect, test } from 'vitest'
import { Best } from './best.ts'
import { seededRandom } from './seeded-random.ts'

const seed = Math.floor(Math.random() * 2 ** 32)

test(`the best of many are those that sorting puts first, of equals the first that came (seed ${seed})`, () => {
  const random = seededRandom(seed)
  for (const most of [1, 2, 7, 100]) {
    const all = Array.from({ length: 60 }, (_, place) => ({ place, rank: Math.floor(random() * 20) }))
    const compare = (left: { rank: number }, right: { rank: number }) => left.rank - right.rank
    const best = new Best(most, compare)
    for (const item of all) best.add(item)
    expect(best.items).toEqual(all.toSorted(compare).slice(0, most))
  }
})
