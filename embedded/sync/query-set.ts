import { hash } from 'node:crypto'
import type { Commit, Outcome, QueryRun, ReadSet } from '../runtime/engine.ts'
import { failureText } from '../failure-text.ts'
import type { AddQuery, ModifyQuerySet } from './client-message.ts'
import type { QueryModification } from './server-message.ts'

/** A query of one socket. It is live once it has run; it runs again when what it read has changed. */
export interface Subscription {
  readonly queryId: number
  readonly request: AddQuery
  /** Handed back to the next run, so that the pages of a paginated query keep their ends. */
  journal: string | null
  live: { readonly readSet: ReadSet; readonly ts: bigint; readonly fingerprint: string } | null
  stale: boolean
}

/** The queries of one socket and what the client has not yet been told about them. No IO, no clock. */
export class QuerySet {
  version = 0
  readonly #subscriptions = new Map<number, Subscription>()
  /** The live ones by the places of what they read; those that have none are under null. */
  readonly #byPlace = new Map<string | null, Set<Subscription>>()
  /** Removed by the client, `QueryRemoved` not sent yet. */
  readonly #removed = new Set<number>()
  /** Commits seen while a run is under way: a query's snapshot may be older than the commit. */
  readonly #commitsDuringRun: Commit[] = []
  #running = false

  get size(): number {
    return this.#subscriptions.size
  }

  /** Applies a client's change, or says why it cannot be one. */
  modify(message: ModifyQuerySet): string | null {
    if (message.baseVersion !== this.version) {
      return `Query set version ${message.baseVersion} is not the current one, ${this.version}.`
    }
    if (message.newVersion <= message.baseVersion) return 'A query set version must go up.'
    for (const change of message.modifications) {
      if (change.type === 'Add') {
        if (this.#subscriptions.has(change.queryId)) return `Query ${change.queryId} is already subscribed.`
        this.#removed.delete(change.queryId)
        this.#subscriptions.set(change.queryId, {
          queryId: change.queryId,
          request: change,
          journal: change.journal ?? null,
          live: null,
          stale: true,
        })
      } else {
        const removed = this.#subscriptions.get(change.queryId)
        if (removed === undefined) return `Query ${change.queryId} is not subscribed.`
        this.#subscriptions.delete(change.queryId)
        this.#place(removed, null)
        this.#removed.add(change.queryId)
      }
    }
    this.version = message.newVersion
    return null
  }

  markAllStale(): void {
    for (const subscription of this.#subscriptions.values()) subscription.stale = true
  }

  hasStale(): boolean {
    for (const subscription of this.#subscriptions.values()) if (subscription.stale) return true
    return false
  }

  /** Marks the queries whose intervals the commit touched; says whether there is now anything to run. */
  onCommit(commit: Commit): boolean {
    if (this.#running) this.#commitsDuringRun.push(commit)
    const { places } = commit
    if (places === null) return this.#touch(this.#subscriptions.values(), commit)
    let touched = false
    for (const place of places) {
      const near = this.#byPlace.get(place)
      if (near !== undefined && this.#touch(near, commit)) touched = true
    }
    const anywhere = this.#byPlace.get(null)
    if (anywhere !== undefined && this.#touch(anywhere, commit)) touched = true
    return touched
  }

  #touch(subscriptions: Iterable<Subscription>, commit: Commit): boolean {
    let touched = false
    for (const subscription of subscriptions) {
      if (!subscription.stale && subscription.live?.readSet.overlaps(commit)) {
        subscription.stale = true
        touched = true
      }
    }
    return touched
  }

  #place(subscription: Subscription, live: Subscription['live']): void {
    for (const place of placesOf(subscription.live)) {
      const there = this.#byPlace.get(place)
      there?.delete(subscription)
      if (there?.size === 0) this.#byPlace.delete(place)
    }
    subscription.live = live
    for (const place of placesOf(live)) {
      const there = this.#byPlace.get(place)
      if (there === undefined) this.#byPlace.set(place, new Set([subscription]))
      else there.add(subscription)
    }
  }

  /** Starts a run: the queries to evaluate, all on one snapshot. */
  beginRun(): { readonly stale: readonly Subscription[]; readonly removed: readonly number[] } {
    const stale = [...this.#subscriptions.values()].filter((subscription) => subscription.stale)
    // Cleared now, so that what changes while the run is under way is seen as stale again.
    for (const subscription of stale) subscription.stale = false
    const removed = [...this.#removed]
    this.#removed.clear()
    this.#running = true
    this.#commitsDuringRun.length = 0
    return { stale, removed }
  }

  /** Registers what ran and returns, as JSON, the results that differ from what the client holds. */
  finishRun(ts: bigint, runs: readonly { subscription: Subscription; run: QueryRun }[]): string[] {
    this.#running = false
    const changed: string[] = []
    for (const { subscription, run } of runs) {
      // Removed while it ran (or removed and added anew): the client must hear only of the removal.
      if (this.#subscriptions.get(subscription.queryId) !== subscription) continue
      const { outcome } = run
      const text = JSON.stringify(toModification(subscription.queryId, run))
      // Taken before a failure gets its id, which is another each time.
      const fingerprint = hash('sha1', text, 'base64')
      if (fingerprint !== subscription.live?.fingerprint) {
        changed.push(outcome.ok ? text : JSON.stringify(toModification(subscription.queryId, identified(run, outcome))))
      }
      this.#place(subscription, { readSet: run.readSet, ts, fingerprint })
      subscription.journal = run.journal
      if (this.#commitsDuringRun.some((commit) => commit.ts > ts && run.readSet.overlaps(commit))) {
        subscription.stale = true
      }
    }
    this.#commitsDuringRun.length = 0
    return changed
  }
}

function placesOf(live: Subscription['live']): readonly (string | null)[] {
  return live === null ? [] : (live.readSet.places ?? [null])
}

function identified(run: QueryRun, outcome: Extract<Outcome, { ok: false }>): QueryRun {
  return { ...run, outcome: { ...outcome, errorMessage: failureText(outcome.errorMessage) } }
}

function toModification(queryId: number, { outcome, journal }: QueryRun): QueryModification {
  const common = { queryId, logLines: outcome.logLines, journal }
  return outcome.ok
    ? { type: 'QueryUpdated', value: outcome.value, ...common }
    : {
        type: 'QueryFailed',
        errorMessage: outcome.errorMessage,
        ...(outcome.errorData === undefined ? {} : { errorData: outcome.errorData }),
        ...common,
      }
}
