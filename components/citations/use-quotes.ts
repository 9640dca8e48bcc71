import { useQuery_experimental as useQueryResult } from 'convex/react'
import { useMemo } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import { quotesIn } from '../../protocol/quote/quotes-in.ts'
import { quoteViews } from './quote-views.ts'
import type { QuoteView } from './quote-views.ts'

const none: readonly QuoteView[] = []

interface Quotes {
  /** The quotations of an answer as the check of them found. None while the answer is written or not checked yet. */
  readonly views: readonly QuoteView[]
  /** The answer has ended, and what its quotations are is not known yet. */
  readonly checking: boolean
}

export function useQuotes(messageId: Id<'messages'>, markdown: string, ended: boolean): Quotes {
  const hasQuotes = useMemo(() => ended && quotesIn(markdown).length > 0, [ended, markdown])
  const result = useQueryResult({ query: api.citations.list, args: hasQuotes ? { messageId } : 'skip' })
  const found = result.status === 'success' && result.data.checked ? result.data.citations : undefined
  const views = useMemo(() => (hasQuotes && found ? quoteViews(markdown, found) : none), [hasQuotes, found, markdown])
  return { views, checking: hasQuotes && !found }
}
