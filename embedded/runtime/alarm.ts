import { clearTimeout, setImmediate, setTimeout } from './real-timers.ts'

/** Timers stand still while the machine sleeps, and the clock may be set: it is looked at again this often. */
const longestWaitMs = 60_000

/** Rings at a time of the clock or earlier; whoever is woken looks at the clock and sets it again. */
export class Alarm {
  readonly #ring: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #isWoken = false
  #isStopped = false

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** Rings once what is under way has been done, however often this is called until then. */
  wake(): void {
    if (this.#isWoken || this.#isStopped) return
    this.#isWoken = true
    setImmediate(() => {
      this.#isWoken = false
      if (!this.#isStopped) this.#ring()
    })
  }

  /** Milliseconds since the epoch, in place of the time set before; null for none. */
  set(timeMs: number | null): void {
    clearTimeout(this.#timer)
    if (timeMs === null || this.#isStopped) return
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(0, timeMs - Date.now()), longestWaitMs))
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }
}
