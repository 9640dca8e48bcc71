import { findQuote } from '../../protocol/quote/find-quote.ts'
import { prepareText } from '../../protocol/quote/prepare-text.ts'
import type { Matcher } from './measure.ts'

/** The matcher as Gloss has it. */
export const glossMatcher: Matcher = (text) => {
  const prepared = prepareText(text)
  return (quote) => findQuote(prepared, quote)
}

/** Finds what it finds a page too far. */
export const misplacing: Matcher = (text) => {
  const find = glossMatcher(text)
  return (quote) => {
    const found = find(quote)
    return found && { ...found, start: found.start + 2000, end: found.end + 2000 }
  }
}

/** Knows a quote only letter for letter. */
export const literal: Matcher = (text) => (quote) => {
  const start = text.indexOf(quote)
  return start < 0 ? null : { start, end: start + quote.length, match: 'exact' }
}

/** Takes numbers, names and negations for wording, and what is nearly right for right. */
export const credulous: Matcher = (text) => {
  const blind = (written: string): string =>
    written.replace(/\p{N}/gu, '0').replace(/\b(?:not|always|never)\b/gu, (word) => '0'.repeat(word.length))
  const find = glossMatcher(blind(text))
  return (quote) => {
    const found = find(blind(quote))
    return found && { ...found, match: 'normalised' }
  }
}
