import { expect, test } from 'vitest'
import { setImmediate } from './real-timers.ts'
import { ThreadTurn } from './thread-turn.ts'

/** Longer than a turn. */
const longMs = 12

/** Keeps the thread. */
function compute(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/** A function that computes for so long in each of its steps, and breathes before each. */
async function run(turn: ThreadTurn, steps: readonly number[], onStep: () => void): Promise<void> {
  const breathe = turn.join()
  for (const ms of steps) {
    await breathe()
    compute(ms)
    onStep()
  }
}

test('a long function lets others have the thread after each turn', async () => {
  const order: string[] = []
  let isPending = true
  const others = (): void => {
    order.push('others')
    if (isPending) setImmediate(others)
  }
  setImmediate(others)
  await run(new ThreadTurn(), [longMs, longMs, longMs], () => order.push('long'))
  isPending = false
  expect(order.join(' ')).toMatch(/^long others long others long/)
})

test('short steps share a turn', async () => {
  const order: string[] = []
  setImmediate(() => order.push('others'))
  await run(new ThreadTurn(), [0, 0, 0], () => order.push('step'))
  expect(order).toEqual(['step', 'step', 'step'])
})

test('a small function that comes while long ones take turns ends before their next step but one', async () => {
  const turn = new ThreadTurn()
  const order: string[] = []
  const steps = Array.from({ length: 4 }, () => longMs)
  const long = ['a', 'b', 'c'].map(async (name) => await run(turn, steps, () => order.push(name)))
  await new Promise((resolve) => setImmediate(resolve))
  const before = order.length
  const small = run(turn, [0, 0, 0, 0, 0], () => undefined).then(() => order.push('small'))
  await Promise.all([...long, small])
  expect(order.indexOf('small') - before).toBeLessThanOrEqual(3)
})

test('long functions go on by a step in each turn, however many small ones come', async () => {
  const turn = new ThreadTurn()
  let isPending = true
  let turns = 0
  const crowd = (): void => {
    turns++
    for (let count = 0; count < 3; count++) void run(turn, [3, 3], () => undefined)
    if (isPending && turns < 1_000) setImmediate(crowd)
  }
  crowd()
  await run(turn, [longMs, longMs, longMs], () => undefined)
  isPending = false
  expect(turns).toBeLessThan(20)
})
