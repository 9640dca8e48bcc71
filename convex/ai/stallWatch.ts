import { type Clock, systemClock } from '../run/clock.ts'
import { ModelFailure } from './modelFailure.ts'

/** Milliseconds of silence after which a provider counts as stalled. */
export interface StallLimits {
  readonly firstMs: number
  readonly betweenMs: number
}

/** A cloud provider answers soon or not at all; a model on this machine may read a long page for minutes. */
export const cloudLimits: StallLimits = { firstMs: 60_000, betweenMs: 45_000 }
export const localLimits: StallLimits = { firstMs: 600_000, betweenMs: 600_000 }

/** Our own race around every read: a provider that neither answers nor obeys an abort cannot hold the action. */
export class StallWatch {
  readonly #limits: StallLimits
  readonly #clock: Clock
  #lastLife: number
  #begun = false

  constructor(limits: StallLimits, clock: Clock = systemClock) {
    this.#limits = limits
    this.#clock = clock
    this.#lastLife = clock.now()
  }

  /** Something arrived: an event, or a comment that a server sends to say it is still there. */
  alive(): void {
    this.#begun = true
    this.#lastLife = this.#clock.now()
  }

  /** Resolves as `work` does; rejects with `provider_stalled` after too long a silence, or when `signal` aborts. */
  async race<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>()
    let cancel = () => {}
    const check = (): void => {
      const limit = this.#begun ? this.#limits.betweenMs : this.#limits.firstMs
      const left = this.#lastLife + limit - this.#clock.now()
      if (left <= 0) reject(new ModelFailure({ code: 'provider_stalled' }))
      else cancel = this.#clock.after(left, check)
    }
    const aborted = (): void => reject(signal.reason)
    signal.addEventListener('abort', aborted, { once: true })
    if (signal.aborted) aborted()
    else check()
    try {
      return await Promise.race([work, promise])
    } finally {
      cancel()
      signal.removeEventListener('abort', aborted)
    }
  }
}
