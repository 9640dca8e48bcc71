import { type Infer, v } from 'convex/values'
import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { estimateTokens } from './tokens.ts'

/** What a provider reported for one answer. Costs are millionths of a US dollar. */
export const reportedUsage = v.object({
  inputTokens: v.number(),
  outputTokens: v.number(),
  cachedTokens: v.number(),
  costMicros: v.number(),
})
export type ReportedUsage = Infer<typeof reportedUsage>

export async function recordUsage(
  ctx: MutationCtx,
  message: Doc<'messages'>,
  text: string,
  usage: ReportedUsage | undefined,
  of: 'answer' | 'pass' = 'answer',
): Promise<void> {
  if (!usage && text === '') return
  await ctx.db.insert('usageRecords', {
    userId: message.userId,
    messageId: message._id,
    modelId: message.modelId ?? '',
    ...(of === 'pass' ? { pass: true as const } : {}),
    ...(usage ?? {
      inputTokens: 0,
      outputTokens: estimateTokens(text),
      cachedTokens: 0,
      costMicros: 0,
      estimated: true,
    }),
  })
}
