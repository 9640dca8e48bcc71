import { afterKey, compareKeys } from '../values/index-key.ts'
import type { SearchQuery } from '../search/search-entry.ts'
import type { CommitRecord } from './commit-record.ts'
import type { Commit, ReadSet } from './engine.ts'
import { isCommitRecord } from './commit-record.ts'
import { placeOfInterval } from './places.ts'
import { matchDocument, type SearchIndexDefinition } from './search-index.ts'

interface Interval {
  readonly lower: Uint8Array
  /** Exclusive; null: no upper bound. */
  upper: Uint8Array | null
}

interface SearchRead {
  readonly index: SearchIndexDefinition
  readonly query: SearchQuery
}

/** Collects what one function reads. */
export class ReadRecorder {
  readonly #intervals = new Map<number, Interval[]>()
  readonly #searches: SearchRead[] = []

  recordPoint(index: number, key: Uint8Array): void {
    this.recordInterval(index, key, afterKey(key))
  }

  recordInterval(index: number, lower: Uint8Array, upper: Uint8Array | null): void {
    const intervals = this.#intervals.get(index)
    if (intervals === undefined) this.#intervals.set(index, [{ lower, upper }])
    else intervals.push({ lower, upper })
  }

  /** Every document that matches the query, now or later. */
  recordSearch(index: SearchIndexDefinition, query: SearchQuery): void {
    this.#searches.push({ index, query })
  }

  finish(): ReadSet {
    const merged = new Map<number, readonly Interval[]>()
    for (const [index, intervals] of this.#intervals) merged.set(index, merge(intervals))
    return new RecordedReadSet(merged, this.#searches)
  }
}

class RecordedReadSet implements ReadSet {
  /** Sorted and disjoint, by index. */
  readonly #intervals: ReadonlyMap<number, readonly Interval[]>
  readonly #searches: readonly SearchRead[]
  readonly places: readonly string[] | null

  constructor(intervals: ReadonlyMap<number, readonly Interval[]>, searches: readonly SearchRead[]) {
    this.#intervals = intervals
    this.#searches = searches
    this.places = searches.length > 0 ? null : placesOf(intervals)
  }

  overlaps(commit: Commit): boolean {
    if (!isCommitRecord(commit)) throw new TypeError('Not a commit of this engine')
    return commit.touchesAll === true || this.#overlapsKeys(commit) || this.#overlapsSearches(commit)
  }

  #overlapsKeys({ keys }: CommitRecord): boolean {
    for (const [index, intervals] of this.#intervals) {
      if (keys.get(index)?.some((key) => contains(intervals, key)) === true) return true
    }
    return false
  }

  #overlapsSearches({ searched }: CommitRecord): boolean {
    return this.#searches.some(
      ({ index, query }) =>
        searched.get(index.id)?.some((document) => matchDocument(index, query, document) !== null) === true,
    )
  }
}

function placesOf(intervals: ReadonlyMap<number, readonly Interval[]>): string[] {
  const places = new Set<string>()
  for (const [index, ofIndex] of intervals) {
    for (const { lower, upper } of ofIndex) places.add(placeOfInterval(index, lower, upper))
  }
  return [...places]
}

function contains(intervals: readonly Interval[], key: Uint8Array): boolean {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >> 1
    const interval = intervals[middle]
    if (interval !== undefined && compareKeys(interval.lower, key) <= 0) low = middle + 1
    else high = middle
  }
  const interval = intervals[low - 1]
  return interval !== undefined && (interval.upper === null || compareKeys(key, interval.upper) < 0)
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const { lower, upper } of intervals.toSorted((left, right) => compareKeys(left.lower, right.lower))) {
    const last = merged.at(-1)
    if (last === undefined || (last.upper !== null && compareKeys(last.upper, lower) < 0)) merged.push({ lower, upper })
    else if (last.upper !== null && (upper === null || compareKeys(upper, last.upper) > 0)) last.upper = upper
  }
  return merged
}
