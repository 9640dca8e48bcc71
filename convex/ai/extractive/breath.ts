/** Milliseconds of work after which other replies get their turn. */
const SLICE_MS = 8

/**
 * Spreads long work over many turns of the event loop. Call `take` often: it costs nothing until a slice is over. There
 * is no limit of time: the same page must give the same reply, so that one that was cut off can be continued.
 */
export class Breath {
  readonly #signal: AbortSignal | undefined
  #sliceEnd: number

  constructor(signal?: AbortSignal) {
    this.#sliceEnd = Date.now() + SLICE_MS
    this.#signal = signal
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
