import { expect, test } from 'vitest'
import { pace } from './pace.ts'

function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

test('goes on while the slice lasts, gives way after it, and then goes on', async () => {
  const turn = pace(20)
  expect(turn()).toBeUndefined()
  work(21)
  const due = turn()
  expect(due).toBeInstanceOf(Promise)
  await due
  expect(turn()).toBeUndefined()
})

test('others have their turn', async () => {
  const turn = pace(0)
  const order: string[] = []
  setTimeout(() => order.push('other'))
  for (let round = 0; round < 1_000 && order.length === 0; round++) await turn()
  expect(order).toEqual(['other'])
})
