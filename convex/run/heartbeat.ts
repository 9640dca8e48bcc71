import type { Verdict } from '../model/chunks.ts'
import { type Clock, systemClock } from './clock.ts'

/** How long a Stop may go unseen while the model is silent. */
const IDLE_MS = 500

interface Options {
  /** When a chunk was last written: a write carries the same news. */
  readonly lastWriteAt: () => number
  readonly beat: () => Promise<Verdict>
  readonly onVerdict: (verdict: Exclude<Verdict, 'go'>) => void
  readonly clock?: Clock
}

/** Asks every 500 ms whether to go on, while nothing is written. Returns what ends it. */
export function startHeartbeat({ lastWriteAt, beat, onVerdict, clock = systemClock }: Options): () => void {
  let ended = false
  let cancel = clock.after(IDLE_MS, tick)
  function tick(): void {
    const sinceWrite = clock.now() - lastWriteAt()
    if (sinceWrite < IDLE_MS) next(IDLE_MS - sinceWrite)
    else void ask()
  }
  async function ask(): Promise<void> {
    try {
      const verdict = await beat()
      if (verdict !== 'go' && !ended) onVerdict(verdict)
    } catch (error) {
      // One lost beat is harmless: the lease outlives many of them, and the next one follows.
      console.warn('heartbeat failed', error)
    }
    next(IDLE_MS)
  }
  function next(ms: number): void {
    if (!ended) cancel = clock.after(ms, tick)
  }
  return () => {
    ended = true
    cancel()
  }
}
