/**
 * Commit timestamps: nanoseconds since the epoch, strictly increasing. They follow the wall clock, so they go on
 * increasing after the data was wiped, and never go back when the wall clock does.
 */
export class CommitClock {
  #latest: bigint

  constructor(stored: bigint, nowMs: number) {
    this.#latest = later(stored, nanoseconds(nowMs))
  }

  get latest(): bigint {
    return this.#latest
  }

  /** The timestamp the next commit gets; `advance` makes it the latest once the commit is durable. */
  next(nowMs: number): bigint {
    return later(this.#latest + 1n, nanoseconds(nowMs))
  }

  advance(ts: bigint): void {
    if (ts <= this.#latest) throw new RangeError(`Timestamp ${ts} is not after ${this.#latest}`)
    this.#latest = ts
  }
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.floor(ms)) * 1_000_000n
}

function later(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}
