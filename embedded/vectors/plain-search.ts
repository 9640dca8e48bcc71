import { expect } from 'vitest'
import type { Neighbour } from './nearest.ts'

/** What tests hold an index against: every document's cosine, one after the other. */
export function plainSearch(
  documents: Iterable<readonly [id: string, vector: readonly number[]]>,
  vector: readonly number[],
): Neighbour[] {
  return [...documents]
    .map(([id, own]) => ({ id, score: cosine(own, vector) }))
    .toSorted((left, right) => right.score - left.score)
}

/** `all` as `plainSearch` gives it. Of documents that are about equally near, any may be found. */
export function expectNearest(found: readonly Neighbour[], all: readonly Neighbour[], limit: number): void {
  const scores = new Map(all.map(({ id, score }) => [id, score]))
  expect(found).toHaveLength(Math.min(limit, all.length))
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  for (const [place, { id, score }] of found.entries()) {
    expect(scores.get(id)).toBeCloseTo(score, 5)
    expect(all[place]?.score).toBeCloseTo(score, 5)
  }
  expect(found).toEqual(found.toSorted((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1)))
}

/** Takes all steps at once. */
export function toEnd<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

function cosine(left: readonly number[], right: readonly number[]): number {
  const lengths = Math.hypot(...left) * Math.hypot(...right)
  return lengths === 0 ? 0 : left.reduce((sum, number, at) => sum + number * (right[at] ?? 0), 0) / lengths
}
