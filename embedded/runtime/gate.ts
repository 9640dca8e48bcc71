/** Lets any number of tasks run side by side, and now and then one alone. */
export class Gate {
  #running = 0
  #alone: Promise<void> | null = null
  #onEmpty: (() => void) | null = null

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    while (this.#alone !== null) await this.#alone
    this.#running++
    try {
      return await task()
    } finally {
      this.#running--
      if (this.#running === 0) this.#onEmpty?.()
    }
  }

  /** Waits until what is running has ended; what comes meanwhile waits for the task. One at a time. */
  async runAlone(task: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#alone = promise
    try {
      if (this.#running > 0) await new Promise<void>((empty) => (this.#onEmpty = empty))
      task()
    } finally {
      this.#onEmpty = null
      this.#alone = null
      resolve()
    }
  }
}
