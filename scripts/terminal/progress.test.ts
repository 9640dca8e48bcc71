import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgress } from './progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function record() {
  const lines: string[] = []
  return { lines, progress: createProgress({ write: (text) => lines.push(text.trimEnd()) }) }
}

const last = (ms: number) => () => new Promise<string>((done) => setTimeout(() => done('result'), ms))

describe('progress', () => {
  test('a step under a second says nothing and returns its result', async () => {
    const { lines, progress } = record()
    const step = progress.step('Quick', last(900))
    await vi.advanceTimersByTimeAsync(900)
    expect(await step).toBe('result')
    expect(lines).toEqual([])
  })

  test('a step over a second shows its title, that it is alive, and its time', async () => {
    const { lines, progress } = record()
    const step = progress.step('Slow', last(6_000))
    await vi.advanceTimersByTimeAsync(6_000)
    await step
    expect(lines).toEqual(['Slow …', '  still at it (5.0 s)', '  done in 6.0 s'])
  })

  test('what the work reports is shown once, under the title', async () => {
    const { lines, progress } = record()
    await progress.step('Installing', async (note) => {
      note('40 %')
      note('40 %')
      note('80 %')
    })
    expect(lines).toEqual(['Installing …', '  40 %', '  80 %', '  done in 0.0 s'])
  })

  test('a step that fails passes its error on and stops its timers', async () => {
    const { lines, progress } = record()
    await expect(progress.step('Broken', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(lines).toEqual([])
  })
})
