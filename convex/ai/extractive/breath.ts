/** Milliseconds of work after which other replies get their turn. */
const SLICE_MS = 8

/**
 * Spreads long work over many turns of the event loop, and says when its time is up. Call `take` often: it costs
 * nothing until a slice is over.
 */
export class Breath {
  readonly #until: number
  readonly #signal: AbortSignal | undefined
  #sliceEnd: number

  constructor(limitMs: number, signal?: AbortSignal) {
    const now = Date.now()
    this.#until = now + limitMs
    this.#sliceEnd = now + SLICE_MS
    this.#signal = signal
  }

  get timeIsUp(): boolean {
    return Date.now() > this.#until
  }

  /** Lets others run when a slice is over. Throws the signal's reason when it was aborted meanwhile. */
  async take(): Promise<void> {
    if (Date.now() < this.#sliceEnd) return
    await pause(0)
    if (this.#signal?.aborted) throw this.#signal.reason
    this.#sliceEnd = Date.now() + SLICE_MS
  }
}

export async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })
}
