/** What queries and mutations take for the time, in milliseconds since the epoch. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/**
 * Stands still until it is moved, so that tests can say when something happens. It stops when it is first looked at:
 * the data is open by then, and no document gets a creation time that is still to come.
 */
export class ManualClock implements Clock {
  #nowMs: number | undefined

  now(): number {
    return (this.#nowMs ??= Date.now())
  }

  /** Forward only: creation times never go back. */
  advance(ms: number): void {
    this.#nowMs = this.now() + ms
  }
}
