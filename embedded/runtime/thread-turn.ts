import { setImmediate } from './real-timers.ts'

const longestTurnMs = 8

/**
 * How long this turn of the event loop has lasted. A function that reads thousands of documents waits for nothing but
 * promises; without a pause it would keep sockets and timers waiting all that time.
 */
export class ThreadTurn {
  #begunAt: number | null = null

  /** Undefined, or a promise to wait for, when it is others' turn. */
  breathe(): Promise<void> | undefined {
    if (this.#begunAt === null) {
      this.#begunAt = performance.now()
      setImmediate(() => (this.#begunAt = null))
      return undefined
    }
    if (performance.now() - this.#begunAt < longestTurnMs) return undefined
    return new Promise((resolve) => setImmediate(resolve))
  }
}
