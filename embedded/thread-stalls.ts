import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 5

/** How long the engine's thread kept everything waiting. */
export interface StallFigures {
  /** The longest stall since the figures were read before, in milliseconds; 0 the first time. */
  readonly stallMaxMs: number
}

/** Watches this thread from the first reading on: watching wakes the processor 200 times a second. */
export class ThreadStalls {
  #watched: ReturnType<typeof monitorEventLoopDelay> | null = null

  read(): StallFigures {
    if (this.#watched === null) {
      this.#watched = monitorEventLoopDelay({ resolution: resolutionMs })
      this.#watched.enable()
      return { stallMaxMs: 0 }
    }
    // In nanoseconds, the watch's own interval included.
    const stallMaxMs = Math.max(0, this.#watched.max / 1e6 - resolutionMs)
    this.#watched.reset()
    return { stallMaxMs }
  }

  stop(): void {
    this.#watched?.disable()
  }
}
