import { v } from 'convex/values'
import { range } from '../validators.ts'

/** What of one context's text a model was given. */
export const sentContext = v.object({
  contextId: v.id('messageContexts'),
  sentRanges: v.array(range),
  sentWords: v.number(),
})
