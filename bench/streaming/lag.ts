import { splitTokens } from '../../tests/support/provider/split-tokens.ts'

/** What a client callback was given: the length of the text so far, and when (the machine's monotonic clock, ms). */
export interface Callback {
  readonly length: number
  readonly at: number
}

/** For each token: from its write to the socket to the first callback whose text holds it. Milliseconds. */
export function tokenLags(script: string, tokenTimes: readonly number[], callbacks: readonly Callback[]): number[] {
  const lags: number[] = []
  let end = 0
  let next = 0
  for (const [index, token] of splitTokens(script).entries()) {
    end += token.length
    while (next < callbacks.length && (callbacks[next]?.length ?? 0) < end) next += 1
    const [seen, written] = [callbacks[next], tokenTimes[index]]
    if (!seen || written === undefined) break
    lags.push(seen.at - written)
  }
  return lags
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
