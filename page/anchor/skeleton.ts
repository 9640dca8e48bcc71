/**
 * A text without all that two writings of the same passage may differ in: white space, punctuation, Markdown marks,
 * invisible characters. Letters, digits, and the signs that change what a number says stay.
 */
export interface Skeleton {
  readonly text: string
  /** Where a unit of `text` stands in the source. */
  toSource(at: number): number
  /** Whether a stretch of `text` begins and ends where words do. */
  isWhole(start: number, end: number): boolean
}

const kept = /[[\p{L}\p{M}\p{N}\p{Sc}%‰°±×÷−<=]--\p{Default_Ignorable_Code_Point}]+/gv

export function skeletonOf(source: string): Skeleton {
  const runs: string[] = []
  const starts: number[] = []
  const sources: number[] = []
  let length = 0
  for (const { 0: run, index } of source.matchAll(kept)) {
    runs.push(run)
    starts.push(length)
    sources.push(index)
    length += run.length
  }
  const runAt = (at: number): number => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return low
  }
  const isStart = (at: number): boolean => starts[runAt(at)] === at
  return {
    text: runs.join(''),
    toSource: (at) => {
      const run = runAt(at)
      return (sources[run] ?? 0) + at - (starts[run] ?? 0)
    },
    isWhole: (start, end) => isStart(start) && (end === length || isStart(end)),
  }
}
