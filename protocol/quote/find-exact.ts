import { standsAlone } from './stands-alone.ts'

/** A range of UTF-16 offsets in which a quote is looked for first. */
export type Near = { readonly start: number; readonly end: number } | undefined

export type Stands = (text: string, start: number, end: number) => boolean

/** Places that are cut out of words or numbers and passed over before a text that repeats itself is given up. */
const PASSED = 1000

/**
 * The first place where `quote` stands on its own in `text`, one that begins inside `near` before all others. An
 * offset, or null.
 */
export function findExact(text: string, quote: string, near: Near, stands: Stands = standsAlone): number | null {
  const close = near ? findWithin(text, quote, near.start, near.end, stands) : null
  return close ?? findWithin(text, quote, 0, text.length, stands)
}

/** The first place that begins at `from` or later and before `to`. */
export function findWithin(text: string, quote: string, from: number, to: number, stands: Stands): number | null {
  if (quote === '') return null
  let passed = 0
  for (let at = text.indexOf(quote, from); at >= 0 && at < to; at = text.indexOf(quote, at + 1)) {
    if (stands(text, at, at + quote.length)) return at
    if (++passed === PASSED) return null
  }
  return null
}
