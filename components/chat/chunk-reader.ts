import { addChunks, WINDOW_SIZE } from './reply-text.ts'
import type { Chunk, HeldText } from './reply-text.ts'

/** How many windows are asked for at once when behind: 128 chunks a round trip. */
const CATCH_UP_WINDOWS = 16

/** How the windows of one attempt are read. */
export interface WindowSource {
  /** Reads a window once. */
  read(from: number): Promise<readonly Chunk[]>
  /** Follows a window: calls back with its rows now, if known, and on every change. Returns the way to stop. */
  follow(from: number, onRows: (rows: readonly Chunk[]) => void): () => void
}

/**
 * Reads the chunks of one attempt from the last one held. Only the open window stays subscribed; when the reader is
 * behind, closed windows are read many at a time, so that a panel that reopens has the whole text within a second.
 */
export class ChunkReader {
  readonly #source: WindowSource
  readonly #listeners = new Set<() => void>()
  #held: HeldText
  #stopWindow: (() => void) | undefined

  constructor(source: WindowSource, held: HeldText) {
    this.#source = source
    this.#held = held
  }

  readonly held = (): HeldText => this.#held

  /** Reads while anyone listens. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#open()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#close()
    }
  }

  #close(): void {
    this.#stopWindow?.()
    this.#stopWindow = undefined
  }

  #open(): void {
    const from = this.#held.nextSeq
    let first = true
    let full = false
    const stop = this.#source.follow(from, (rows) => {
      if (full) return
      this.#add(rows)
      full = rows.length >= WINDOW_SIZE
      const behind = full && first
      first = false
      if (full) queueMicrotask(() => void this.#proceed(stop, behind))
    })
    this.#stopWindow = stop
  }

  /** From a full window to the next open one; through many at once when it was full as soon as it was opened. */
  async #proceed(finished: () => void, behind: boolean): Promise<void> {
    if (this.#stopWindow !== finished) return
    if (behind) await this.#catchUp(finished)
    if (this.#stopWindow !== finished) return
    this.#open()
    finished()
  }

  async #catchUp(current: () => void): Promise<void> {
    for (;;) {
      const from = this.#held.nextSeq
      const starts = Array.from({ length: CATCH_UP_WINDOWS }, (_, index) => from + index * WINDOW_SIZE)
      const windows = await Promise.all(starts.map(async (start) => await this.#source.read(start)))
      if (this.#stopWindow !== current) return
      this.#add(windows.flat())
      if ((windows.at(-1)?.length ?? 0) < WINDOW_SIZE) return
    }
  }

  #add(rows: readonly Chunk[]): void {
    const held = addChunks(this.#held, rows)
    if (held === this.#held) return
    this.#held = held
    for (const listener of this.#listeners) listener()
  }
}
