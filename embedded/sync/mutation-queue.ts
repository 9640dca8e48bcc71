/** Convex refuses to queue more than this many mutations of one socket. */
export const MAX_QUEUED_MUTATIONS = 1000

/** Runs tasks strictly one at a time, in the order they came. A task must not throw. */
export class MutationQueue {
  readonly #tasks: (() => Promise<void>)[] = []
  #draining = false

  /** False when the queue is full. */
  push(task: () => Promise<void>): boolean {
    if (this.#tasks.length >= MAX_QUEUED_MUTATIONS) return false
    this.#tasks.push(task)
    if (!this.#draining) void this.#drain()
    return true
  }

  clear(): void {
    this.#tasks.length = 0
  }

  async #drain(): Promise<void> {
    this.#draining = true
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task()
    this.#draining = false
  }
}
