import { expect, test } from 'vitest'
import { setImmediate } from './real-timers.ts'
import { Slices } from './slices.ts'

/** Every step takes longer than a slice. */
function* work(steps: number, onStep: () => void): Generator<void, string> {
  for (let step = 0; step < steps; step++) {
    onStep()
    const end = performance.now() + 6
    while (performance.now() < end);
    yield
  }
  return 'done'
}

/** Calls `onTurn` in every turn of the event loop while the promise is pending. */
async function whilePending(promise: Promise<unknown>, onTurn: () => void): Promise<void> {
  let isPending = true
  const turn = () => {
    onTurn()
    if (isPending) setImmediate(turn)
  }
  setImmediate(turn)
  await promise
  isPending = false
}

test('long work lets others have their turn after each slice', async () => {
  const order: string[] = []
  const done = new Slices().run(work(4, () => order.push('work')))
  await whilePending(done, () => order.push('others'))
  expect(await done).toBe('done')
  expect(order.join(' ')).toMatch(/^(work others ){3}work/)
})

test('several works take turns, one in each turn of the event loop', async () => {
  const slices = new Slices()
  const order: string[] = []
  const done = Promise.all([slices.run(work(3, () => order.push('a'))), slices.run(work(3, () => order.push('b')))])
  await whilePending(done, () => order.push('others'))
  expect(order.join(' ')).toMatch(/^(a others b others ){2}a others b/)
})

test('short steps share a slice', async () => {
  const order: string[] = []
  function* short(): Generator<void, void> {
    for (let step = 0; step < 3; step++) {
      order.push('work')
      yield
    }
  }
  await whilePending(new Slices().run(short()), () => order.push('others'))
  expect(order.slice(0, 3)).toEqual(['work', 'work', 'work'])
})

test('what goes wrong in the work rejects, and the next work runs', async () => {
  const slices = new Slices()
  function* failing(): Generator<void, never> {
    yield
    throw new Error('as planned')
  }
  await expect(slices.run(failing())).rejects.toThrow('as planned')
  expect(await slices.run(work(1, () => undefined))).toBe('done')
})
