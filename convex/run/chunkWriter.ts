import { utf8Length } from '../../protocol/snapshot.ts'
import type { Verdict } from '../model/chunks.ts'
import { type Clock, systemClock } from './clock.ts'

/** Buffered bytes that are written without waiting for the timer. */
const EAGER_BYTES = 2048
/** UTF-16 units in one chunk at most; a fast model's rest goes into the next ones. */
const CHUNK_LENGTH = 16_384
const TRIES = 4
/**
 * A write takes a quarter of the time at most. Where many answers share a backend that has no time left, text then
 * waits here, where more of it makes no more work, and not in the backend's queue.
 */
const ROUND_TRIPS = 4
/** Milliseconds after which that is no reason to wait any longer. */
const BUSY_PACE_MS = 400

interface Options {
  readonly fromSeq: number
  /** Milliseconds between the starts of two writes, where the backend is not busy. */
  readonly cadenceMs: number
  readonly append: (seq: number, text: string) => Promise<Verdict>
  /** Called for each verdict other than `go`. */
  readonly onVerdict: (verdict: Exclude<Verdict, 'go'>) => void
  /** Called once, when a chunk cannot be written. Nothing is written after it. */
  readonly onFailure: (error: unknown) => void
  readonly clock?: Clock
}

/**
 * Turns deltas into chunk rows. `write` only buffers: the first delta goes out at once, later ones are merged and go
 * when max(cadence, four round trips) has passed since the last write began, or at 2 KB. One write is in flight.
 */
export class ChunkWriter {
  readonly #options: Options
  readonly #clock: Clock
  #buffer = ''
  #bufferBytes = 0
  #seq: number
  #inFlight: Promise<void> | null = null
  #cancelTimer: (() => void) | null = null
  #lastStart = Number.NEGATIVE_INFINITY
  #lastRoundTrip = 0
  #closed = false

  constructor(options: Options) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#seq = options.fromSeq
  }

  /** When the latest write began, or now while one is in flight. */
  get lastWriteAt(): number {
    return this.#inFlight ? this.#clock.now() : this.#lastStart
  }

  /** Resolves when what is written next would go at once: text that is read before that only waits here. */
  async ready(): Promise<void> {
    while (!this.#closed) {
      const wait = this.#wait()
      if (this.#inFlight) await this.#inFlight
      else if (wait > 0) await this.#pause(wait)
      else return
    }
  }

  write(delta: string): void {
    if (this.#closed) return
    this.#buffer += delta
    this.#bufferBytes += utf8Length(delta)
    this.#pump()
  }

  /** Writes all that is buffered. Resolves when it is stored, or when nothing more can be. */
  async flush(): Promise<void> {
    this.#stopTimer()
    for (;;) {
      await this.#inFlight
      if (this.#closed || this.#buffer === '') return
      this.#send(true)
    }
  }

  /** Drops what is buffered and writes nothing more. */
  close(): void {
    this.#closed = true
    this.#buffer = ''
    this.#stopTimer()
  }

  #pump(): void {
    if (this.#closed || this.#inFlight || this.#buffer === '') return
    const wait = this.#wait()
    if (wait <= 0 || this.#bufferBytes >= EAGER_BYTES) {
      this.#stopTimer()
      this.#send(false)
    } else {
      this.#cancelTimer ??= this.#clock.after(wait, () => {
        this.#cancelTimer = null
        this.#pump()
      })
    }
  }

  /** Milliseconds until the next write may begin; the one in flight has to end too. */
  #wait(): number {
    const busy = Math.min(ROUND_TRIPS * this.#lastRoundTrip, BUSY_PACE_MS)
    return this.#lastStart + Math.max(this.#options.cadenceMs, this.#lastRoundTrip, busy) - this.#clock.now()
  }

  #send(last: boolean): void {
    const text = this.#take(last)
    if (text === '') return
    this.#lastStart = this.#clock.now()
    this.#inFlight = this.#append(this.#seq++, text).finally(() => {
      this.#lastRoundTrip = this.#clock.now() - this.#lastStart
      this.#inFlight = null
      this.#pump()
    })
  }

  /** The next chunk's text. Half a surrogate pair waits for its other half, unless nothing more will come. */
  #take(last: boolean): string {
    let end = Math.min(this.#buffer.length, CHUNK_LENGTH)
    const whole = end === this.#buffer.length
    if (/[\ud800-\udbff]/.test(this.#buffer.charAt(end - 1)) && !(last && whole)) end--
    const text = this.#buffer.slice(0, end)
    this.#buffer = this.#buffer.slice(end)
    this.#bufferBytes = utf8Length(this.#buffer)
    return text.toWellFormed()
  }

  async #append(seq: number, text: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const verdict = await this.#options.append(seq, text)
        if (verdict !== 'go') this.#options.onVerdict(verdict)
        if (verdict === 'gone') this.close()
        return
      } catch (error) {
        // The same seq again is harmless: a chunk that did arrive is found and left as it is.
        if (attempt < TRIES && !this.#closed) await this.#pause(100 * 2 ** attempt)
        else {
          this.close()
          this.#options.onFailure(error)
          return
        }
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#clock.after(ms, resolve)
    await promise
  }

  #stopTimer(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }
}
