import type { Clock } from './clock.ts'

/** A clock that moves only when told. For tests. */
export class FakeClock implements Clock {
  #now = 0
  readonly #tasks = new Map<number, { at: number; task: () => void }>()
  #nextId = 0

  now(): number {
    return this.#now
  }

  after(ms: number, task: () => void): () => void {
    const id = this.#nextId++
    this.#tasks.set(id, { at: this.#now + Math.max(0, ms), task })
    return () => this.#tasks.delete(id)
  }

  /** Moves on by `ms`, runs what falls due in order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settle()
      const due = [...this.#tasks].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)[0]
      if (!due) break
      const [id, { at, task }] = due
      this.#tasks.delete(id)
      this.#now = Math.max(this.#now, at)
      task()
    }
    this.#now = until
  }
}

/** Lets every promise that is already resolved run its reactions. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
