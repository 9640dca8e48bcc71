import { createContext, useContext } from 'react'
import type { Citation } from './citation.ts'
import type { QuoteView } from './quote-views.ts'

export interface ReplyQuotes {
  /** The answer's Markdown, of which the views are. */
  readonly markdown: string
  readonly views: readonly QuoteView[]
  /** Pages of the question: the chips name the page when there are several. */
  readonly pages: number
  open(citation: Citation): void
}

const Context = createContext<ReplyQuotes | undefined>(undefined)

/** Gives an answer's quotations to the elements that stand for them in its Markdown. */
export const QuotesProvider = Context.Provider

export function useReplyQuotes(): ReplyQuotes | undefined {
  return useContext(Context)
}
