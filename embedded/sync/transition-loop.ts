import type { Commit, Engine, QueryRun } from '../runtime/engine.ts'
import type { Caller } from '../auth/caller.ts'
import { componentFailure, toCall, toRun } from './call.ts'
import type { QuerySet, Subscription } from './query-set.ts'
import type { StateVersion } from './server-message.ts'
import { encodeTransition } from './transition.ts'
import type { Transport } from './transport.ts'

/** Convex computes no further transition while this many wait to be sent. */
const MAX_UNSENT_TRANSITIONS = 2

/** Who the queries run for, as the session knows it at the moment. */
export interface Viewer {
  readonly caller: Caller
  readonly identityVersion: number
}

export interface TransitionLoopOptions {
  readonly engine: Engine
  readonly queries: QuerySet
  readonly transport: Transport
  /** How long after a transition the next one waits for more commits, in milliseconds. */
  readonly commitGapMs: () => number
  /** Null while no query may run: the caller has expired, or has not proved who they are. */
  readonly viewer: () => Viewer | null
  readonly onFailure: (error: unknown) => void
}

/**
 * Brings one client up to date, one transition after another: contiguous versions, all queries of a transition on one
 * snapshot, and what happens while a transition is computed or waits to be sent goes into the next one.
 */
export class TransitionLoop {
  readonly #options: TransitionLoopOptions
  #sent: StateVersion = { querySet: 0, identity: 0, ts: 0n }
  /** A mutation's response is out: the client waits for a transition that follows it and reaches this timestamp. */
  #owedTs: bigint | null = null
  #clientClockSkew: number | null = null
  #scheduled = false
  #running = false
  #unsent = 0
  /** Of `performance.now()`. */
  #sentAt = Number.NEGATIVE_INFINITY
  #gap: ReturnType<typeof setTimeout> | null = null
  #stopped = false

  constructor(options: TransitionLoopOptions) {
    this.#options = options
  }

  /** Milliseconds the client's clock is ahead of ours. */
  set clientClockSkew(milliseconds: number) {
    this.#clientClockSkew = milliseconds
  }

  stop(): void {
    this.#stopped = true
    this.#endGap()
  }

  onCommit(commit: Commit): void {
    if (!this.#stopped && this.#options.queries.onCommit(commit) && this.#gap === null) this.schedule()
  }

  /** To be called after the response of a mutation that committed at `ts` was sent. */
  owe(ts: bigint): void {
    this.#owedTs = ts
    this.schedule()
  }

  /** Later in this turn of the event loop: responses that are ready now go first, and one transition serves all. */
  schedule(): void {
    this.#endGap()
    if (this.#scheduled || this.#running || this.#stopped) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      void this.#run()
    })
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      while (!this.#stopped && this.#unsent < MAX_UNSENT_TRANSITIONS) {
        const viewer = this.#options.viewer()
        if (viewer === null) break
        if (!this.#isWaitedFor(viewer) && (!this.#options.queries.hasStale() || this.#waitForMore())) break
        await this.#advance(viewer)
      }
    } catch (error) {
      this.#options.onFailure(error)
    } finally {
      this.#running = false
    }
  }

  /** Whether the client waits for an answer to what it did. */
  #isWaitedFor({ identityVersion }: Viewer): boolean {
    return (
      this.#sent.querySet !== this.#options.queries.version ||
      this.#sent.identity !== identityVersion ||
      this.#owedTs !== null
    )
  }

  /** Whether what commits changed is told later, with what changes until then. */
  #waitForMore(): boolean {
    const left = this.#sentAt + this.#options.commitGapMs() - performance.now()
    if (left > 0) this.#gap ??= setTimeout(() => this.schedule(), left)
    return left > 0
  }

  #endGap(): void {
    if (this.#gap !== null) clearTimeout(this.#gap)
    this.#gap = null
  }

  async #advance({ caller, identityVersion: identity }: Viewer): Promise<void> {
    const { queries } = this.#options
    const owedBefore = this.#owedTs
    const querySet = queries.version
    const { stale, removed } = queries.beginRun()
    const { ts, runs } = await this.#evaluate(stale, caller)
    if (this.#stopped) return
    if (ts < this.#sent.ts || (owedBefore !== null && ts < owedBefore)) {
      throw new Error('A snapshot is older than a commit that was acknowledged before it.')
    }
    const results = queries.finishRun(ts, runs)
    const modifications = [...removed.map((queryId) => JSON.stringify({ type: 'QueryRemoved', queryId })), ...results]
    // A commit that changed no result needs no word to the client.
    const versionsMoved = querySet !== this.#sent.querySet || identity !== this.#sent.identity
    if (modifications.length === 0 && !versionsMoved && this.#owedTs === null) return
    this.#send({ querySet, identity, ts }, modifications)
  }

  #send(end: StateVersion, modifications: readonly string[]): void {
    const frames = encodeTransition({
      start: this.#sent,
      end,
      modifications,
      clientClockSkew: this.#clientClockSkew,
      serverTs: Date.now() * 1e6,
    })
    this.#sent = end
    this.#sentAt = performance.now()
    // The response was sent before this transition, so whatever it reaches is settled.
    if (this.#owedTs !== null && this.#owedTs <= end.ts) this.#owedTs = null
    this.#unsent += 1
    this.#options.transport.send(frames, () => {
      this.#unsent -= 1
      this.schedule()
    })
  }

  /** All on one snapshot: the client never sees half of a commit. */
  async #evaluate(
    stale: readonly Subscription[],
    caller: Caller,
  ): Promise<{ ts: bigint; runs: { subscription: Subscription; run: QueryRun }[] }> {
    const snapshot = this.#options.engine.snapshot()
    try {
      const runs = await Promise.all(
        stale.map(async (subscription) => {
          const { request, journal } = subscription
          const failed = componentFailure(request)
          const run = failed ? toRun(failed) : await snapshot.query({ ...toCall(request, caller), journal })
          return { subscription, run }
        }),
      )
      return { ts: snapshot.ts, runs }
    } finally {
      snapshot.release()
    }
  }
}
