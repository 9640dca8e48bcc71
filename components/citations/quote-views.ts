import { quotesIn } from '../../protocol/quote/quotes-in.ts'
import type { Citation } from './citation.ts'

/** How one quotation of a checked answer is shown. Offsets are UTF-16 units of the answer's Markdown. */
export type QuoteView = {
  readonly start: number
  readonly end: number
} & (
  | { readonly name: 'verified' | 'paraphrase'; readonly number: number; readonly citation: Citation }
  /** Checked, and no page of the question has it. */
  | { readonly name: 'missing' }
)

/** The quotations of an answer that was checked, in order; those that were found are numbered from 1. */
export function quoteViews(markdown: string, citations: readonly Citation[]): readonly QuoteView[] {
  let number = 0
  return quotesIn(markdown).map(({ start, end }) => {
    const citation = citations.find(({ answerStart, answerEnd }) => answerStart === start && answerEnd === end)
    if (!citation) return { start, end, name: 'missing' }
    number += 1
    return { start, end, name: citation.match === 'paraphrase' ? 'paraphrase' : 'verified', number, citation }
  })
}
