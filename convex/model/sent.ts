import { type Infer, v } from 'convex/values'
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { coverageFields } from '../validators.ts'

/** What of one context's text a model was given. */
export const sentContext = v.object({ contextId: v.id('messageContexts'), ...coverageFields })
export type SentContext = Infer<typeof sentContext>

/** Records it with the question, in place of what was recorded before. */
export async function recordSent(
  ctx: MutationCtx,
  questionId: Id<'messages'> | null,
  sent: readonly SentContext[],
): Promise<void> {
  for (const { contextId, ...coverage } of sent) {
    const context = await ctx.db.get('messageContexts', contextId)
    if (context?.messageId === questionId) {
      await ctx.db.patch('messageContexts', contextId, { serverCut: undefined, ...coverage })
    }
  }
}
