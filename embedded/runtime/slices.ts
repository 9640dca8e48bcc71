import { setImmediate } from './real-timers.ts'

const sliceMs = 5

/**
 * Long work on the thread that serves everyone, in slices: sockets, timers and other functions get their turn after
 * each. All work of one `Slices` takes turns too, so that many searches at once hold the thread no longer than one.
 */
export class Slices {
  readonly #waiting: (() => void)[] = []
  #isScheduled = false

  /** Runs the work to its end. Its steps should be much shorter than a slice. */
  async run<Result>(work: Generator<void, Result>): Promise<Result> {
    for (;;) {
      await this.#turn()
      const until = performance.now() + sliceMs
      do {
        const step = work.next()
        if (step.done === true) return step.value
      } while (performance.now() < until)
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#waiting.shift()?.()
      this.#schedule()
    })
  }
}
