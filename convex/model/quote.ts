import type { ContextInput } from '../validators.ts'
import { QUESTION_LENGTH } from './limits.ts'

type Quote = Omit<ContextInput, 'snapshotId' | 'kind'>

/** Characters kept of what stands on each side of a quote. */
const AROUND_LENGTH = 64
/** Parts of one selection whose places are kept. */
const MAX_RANGES = 50

/** A quote to store: within its limits, and its places as sorted ranges that do not overlap. Nothing without its words. */
export function cleanQuote({ quote, quotePrefix, quoteSuffix, quoteRanges = [] }: Quote): Quote {
  if (quote === undefined || quote === '') return {}
  const ranges: NonNullable<Quote['quoteRanges']> = []
  for (const { start, end } of quoteRanges.toSorted((a, b) => a.start - b.start)) {
    const isRange = Number.isSafeInteger(start) && Number.isSafeInteger(end) && end > start
    if (isRange && start >= (ranges.at(-1)?.end ?? 0) && ranges.length < MAX_RANGES) ranges.push({ start, end })
  }
  return {
    quote: quote.slice(0, QUESTION_LENGTH).toWellFormed(),
    ...(quotePrefix ? { quotePrefix: quotePrefix.slice(-AROUND_LENGTH).toWellFormed() } : {}),
    ...(quoteSuffix ? { quoteSuffix: quoteSuffix.slice(0, AROUND_LENGTH).toWellFormed() } : {}),
    ...(ranges.length > 0 ? { quoteRanges: ranges } : {}),
  }
}
