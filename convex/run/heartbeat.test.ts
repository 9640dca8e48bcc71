import { expect, it, vi } from 'vitest'
import type { Verdict } from '../model/chunks.ts'
import { FakeClock } from './fakeClock.fixture.ts'
import { startHeartbeat } from './heartbeat.ts'

function setUp(answer: () => Promise<Verdict> = async () => 'go') {
  const clock = new FakeClock()
  const beats: number[] = []
  const seen: string[] = []
  let lastWriteAt = 0
  const stop = startHeartbeat({
    clock,
    lastWriteAt: () => lastWriteAt,
    beat: async () => {
      beats.push(clock.now())
      return await answer()
    },
    onVerdict: (verdict) => seen.push(verdict),
  })
  return { clock, beats, seen, stop, wrote: () => (lastWriteAt = clock.now()) }
}

it('beats every 500 ms while nothing is written', async () => {
  const { clock, beats, stop } = setUp()
  await clock.advance(1600)
  stop()
  await clock.advance(2000)
  expect(beats).toEqual([500, 1000, 1500])
})

it('leaves it to the writes while there are some', async () => {
  const { clock, beats, wrote } = setUp()
  for (let count = 0; count < 20; count++) {
    await clock.advance(100)
    wrote()
  }
  expect(beats).toEqual([])
  await clock.advance(600)
  expect(beats).toEqual([2500])
})

it('passes a stop on', async () => {
  const { clock, seen } = setUp(async () => 'stop')
  await clock.advance(500)
  expect(seen).toEqual(['stop'])
})

it('outlives a beat that fails', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  let failing = true
  const { clock, beats, seen } = setUp(async () => {
    if (!failing) return 'gone'
    failing = false
    throw new Error('no connection')
  })
  await clock.advance(1100)
  expect(beats).toEqual([500, 1000])
  expect(seen).toEqual(['gone'])
  expect(warned).toHaveBeenCalledOnce()
  warned.mockRestore()
})
