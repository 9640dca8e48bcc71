import type { Engine, Snapshot } from '../runtime/engine.ts'

/** Convex guarantees 30 s into the past. */
const KEEP_MS = 30_000
const KEEP_MOST = 64

interface Kept {
  readonly snapshot: Snapshot
  readonly timer: NodeJS.Timeout
}

/** Snapshots behind the timestamps that `query_ts` handed out, so that `query_at_ts` can read at them. */
export class KeptSnapshots {
  readonly #engine: Engine
  readonly #kept = new Map<bigint, Kept>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The latest timestamp, readable for a while. */
  keep(): bigint {
    const snapshot = this.#engine.snapshot()
    if (this.#kept.has(snapshot.ts)) {
      snapshot.release()
      return snapshot.ts
    }
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined && this.#kept.size >= KEEP_MOST) this.#drop(oldest)
    this.#kept.set(snapshot.ts, { snapshot, timer: setTimeout(() => this.#drop(snapshot.ts), KEEP_MS).unref() })
    return snapshot.ts
  }

  at(ts: bigint): Snapshot | null {
    return this.#kept.get(ts)?.snapshot ?? null
  }

  close(): void {
    for (const ts of this.#kept.keys()) this.#drop(ts)
  }

  #drop(ts: bigint): void {
    const kept = this.#kept.get(ts)
    if (kept === undefined) return
    clearTimeout(kept.timer)
    kept.snapshot.release()
    this.#kept.delete(ts)
  }
}
