import { describe, expect, it } from 'vitest'
import type { Verdict } from '../model/chunks.ts'
import { ChunkWriter } from './chunkWriter.ts'
import { FakeClock, settle } from './fakeClock.fixture.ts'

interface Written {
  readonly at: number
  readonly seq: number
  readonly text: string
}

function setUp({
  roundTrip = 5,
  verdicts = [],
  failures = 0,
}: { roundTrip?: number; verdicts?: Verdict[]; failures?: number } = {}) {
  const clock = new FakeClock()
  const written: Written[] = []
  const seen: string[] = []
  let inFlight = 0
  let most = 0
  let failing = failures
  const writer = new ChunkWriter({
    fromSeq: 7,
    cadenceMs: 100,
    clock,
    append: async (seq, text) => {
      most = Math.max(most, ++inFlight)
      const at = clock.now()
      await new Promise<void>((resolve) => clock.after(roundTrip, resolve))
      inFlight--
      if (failing-- > 0) throw new Error('no connection')
      written.push({ at, seq, text })
      return verdicts.shift() ?? 'go'
    },
    onVerdict: (verdict) => seen.push(verdict),
    onFailure: () => seen.push('failure'),
  })
  return { clock, written, seen, writer, most: () => most }
}

describe('ChunkWriter', () => {
  it('writes the first delta at once and merges the rest until the cadence has passed', async () => {
    const { clock, written, writer } = setUp()
    for (const delta of ['a', 'b', 'c', 'd']) {
      writer.write(delta)
      await clock.advance(20)
    }
    await clock.advance(200)
    expect(written).toEqual([
      { at: 0, seq: 7, text: 'a' },
      { at: 100, seq: 8, text: 'bcd' },
    ])
  })

  it('writes at once again after a silence', async () => {
    const { clock, written, writer } = setUp()
    writer.write('a')
    await clock.advance(1000)
    writer.write('b')
    await clock.advance(50)
    expect(written.map(({ at }) => at)).toEqual([0, 1000])
  })

  it('keeps one write in flight and slows down where the round trip is long', async () => {
    const { clock, written, writer, most } = setUp({ roundTrip: 300 })
    for (let count = 0; count < 100; count++) {
      writer.write('x')
      await clock.advance(10)
    }
    await clock.advance(1000)
    expect(most()).toBe(1)
    expect(written.map(({ at }) => at)).toEqual([0, 400, 800, 1200].slice(0, written.length))
    expect(written.map(({ text }) => text).join('')).toBe('x'.repeat(100))
  })

  it('does not wait for the timer at 2 KB', async () => {
    const { clock, written, writer } = setUp()
    writer.write('a')
    await clock.advance(10)
    writer.write('b'.repeat(2048))
    await clock.advance(10)
    expect(written.map(({ at, text }) => [at, text.length])).toEqual([
      [0, 1],
      [10, 2048],
    ])
  })

  it('cuts a flood into chunks', async () => {
    const { clock, written, writer } = setUp()
    writer.write('a'.repeat(50_000))
    await clock.advance(1000)
    expect(written.map(({ text }) => text.length)).toEqual([16_384, 16_384, 16_384, 848])
  })

  it('keeps a surrogate pair together across deltas', async () => {
    const { clock, written, writer } = setUp()
    writer.write('a\ud83d')
    await clock.advance(500)
    writer.write('\ude00b')
    await clock.advance(500)
    expect(written.map(({ text }) => text)).toEqual(['a', '😀b'])
  })

  it('mends half a character that never got its other half', async () => {
    const { clock, written, writer } = setUp()
    writer.write('\ud83d')
    const flushed = writer.flush()
    await clock.advance(500)
    await flushed
    expect(written.map(({ text }) => text)).toEqual(['\ufffd'])
  })

  it('flushes everything, in order, without waiting for the cadence', async () => {
    const { clock, written, writer } = setUp()
    writer.write('a')
    writer.write('b')
    const flushed = writer.flush()
    await clock.advance(20)
    await flushed
    expect(written).toEqual([
      { at: 0, seq: 7, text: 'a' },
      { at: 5, seq: 8, text: 'b' },
    ])
  })

  it('passes a stop on and goes on writing', async () => {
    const { clock, written, seen, writer } = setUp({ verdicts: ['stop'] })
    writer.write('a')
    await clock.advance(10)
    writer.write('b')
    await clock.advance(200)
    expect(seen).toEqual(['stop'])
    expect(written.length).toBe(2)
  })

  it('writes nothing more once its attempt is gone', async () => {
    const { clock, written, seen, writer } = setUp({ verdicts: ['gone'] })
    writer.write('a')
    await clock.advance(10)
    writer.write('b')
    await clock.advance(200)
    await writer.flush()
    expect(seen).toEqual(['gone'])
    expect(written.length).toBe(1)
  })

  it('tries a failed write again with the same seq', async () => {
    const { clock, written, seen, writer } = setUp({ failures: 2 })
    writer.write('a')
    await clock.advance(2000)
    expect(written).toMatchObject([{ seq: 7, text: 'a' }])
    expect(seen).toEqual([])
  })

  it('gives up after four tries', async () => {
    const { clock, written, seen, writer } = setUp({ failures: 10 })
    writer.write('a')
    await clock.advance(5000)
    await settle()
    expect(seen).toEqual(['failure'])
    expect(written).toEqual([])
    await writer.flush()
  })

  describe('is ready', () => {
    /** The times at which it said so, of those who asked at these times. */
    async function readyAt(roundTrip: number, asked: readonly number[]): Promise<number[]> {
      const { clock, writer } = setUp({ roundTrip })
      const said: number[] = []
      writer.write('a')
      for (const at of asked) {
        await clock.advance(at - clock.now())
        void writer.ready().then(() => said.push(clock.now()))
      }
      await clock.advance(1000)
      return said
    }

    it('when the cadence has passed', async () => {
      expect(await readyAt(5, [0, 50, 99, 100, 130])).toEqual([100, 100, 100, 100, 130])
    })

    it('when a write that takes long has ended', async () => {
      expect(await readyAt(600, [0, 599, 600])).toEqual([600, 600, 600])
    })

    it('when a write has taken a quarter of the time', async () => {
      expect(await readyAt(50, [0, 199, 200])).toEqual([200, 200, 200])
    })

    it('at once before the first write, and when it was closed', async () => {
      const { clock, writer } = setUp()
      await writer.ready()
      writer.write('a')
      const waiting = writer.ready()
      writer.close()
      await clock.advance(100)
      await waiting
      await writer.ready()
      expect(clock.now()).toBe(100)
    })
  })
})
