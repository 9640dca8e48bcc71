import { setImmediate } from './real-timers.ts'

const longestTurnMs = 5

/** Undefined, or a promise to wait for, when it is others' turn. */
export type Breathe = () => Promise<void> | undefined

interface Waiting {
  /** Milliseconds for which its function has had the thread. */
  readonly usedMs: number
  readonly goOn: () => void
}

/**
 * How long this turn of the event loop has lasted. Functions that read or write thousands of documents wait for nothing
 * but promises; without pauses they would keep sockets and timers waiting all that time.
 *
 * In each turn every function that waits goes on by a step at least; first those that have had the thread least. So a
 * small query ends in one turn or two however many long ones there are, and none of them starves.
 */
export class ThreadTurn {
  #begunAt: number | null = null
  #waiting: Waiting[] = []

  /** For one function, with all that it calls. */
  join(): Breathe {
    let usedMs = 0
    let wentOnAt = performance.now()
    return () => {
      const now = performance.now()
      this.#begunAt ??= this.#begin(now)
      // What passed before this turn others had.
      usedMs += now - Math.max(wentOnAt, this.#begunAt)
      wentOnAt = now
      if (now - this.#begunAt < longestTurnMs) return undefined
      return new Promise((resolve) => {
        const goOn = (): void => {
          wentOnAt = performance.now()
          resolve()
        }
        this.#waiting.push({ usedMs, goOn })
      })
    }
  }

  /** Gives back when the turn begins. */
  #begin(now: number): number {
    setImmediate(() => {
      this.#begunAt = null
      if (this.#waiting.length === 0) return
      const waiting = this.#waiting.toSorted((left, right) => left.usedMs - right.usedMs)
      this.#waiting = []
      this.#begunAt = this.#begin(performance.now())
      this.#release(waiting)
    })
    return now
  }

  /** One after the other: the next one goes on when nothing is left that the one before can do in this turn. */
  #release([first, ...others]: readonly Waiting[]): void {
    if (first === undefined) return
    first.goOn()
    // A tick from within a microtask comes when all microtasks have run.
    queueMicrotask(() => process.nextTick(() => this.#release(others)))
  }
}
