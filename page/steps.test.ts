import { expect, test } from 'vitest'
import { allAtOnce, inTurns } from './steps.ts'
import type { Steps } from './steps.ts'

function* counting(done: string[]): Steps<string> {
  for (const name of ['one', 'two']) {
    done.push(name)
    yield
  }
  return 'all'
}

test('all at once', () => {
  const done: string[] = []
  expect(allAtOnce(counting(done))).toBe('all')
  expect(done).toEqual(['one', 'two'])
})

test('in turns: after each step others may have theirs, and nothing goes on before', async () => {
  const done: string[] = []
  const turn = async (): Promise<void> => {
    done.push('other')
    await Promise.resolve()
  }
  expect(await inTurns(counting(done), turn)).toBe('all')
  expect(done).toEqual(['one', 'other', 'two', 'other'])
})
