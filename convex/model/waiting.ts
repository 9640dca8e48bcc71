import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { scheduleRun } from './jobs.ts'

/** The contexts that a question was sent with. */
export async function readContexts(ctx: QueryCtx, messageId: Id<'messages'>): Promise<Doc<'messageContexts'>[]> {
  return await ctx.db
    .query('messageContexts')
    .withIndex('by_message', (q) => q.eq('messageId', messageId))
    .take(MAX_CONTEXTS)
}

/** Whether all the page text of a question has arrived. */
export async function pagesReady(ctx: QueryCtx, questionId: Id<'messages'>): Promise<boolean> {
  for (const context of await readContexts(ctx, questionId)) {
    const snapshot = await ctx.db.get('snapshots', context.snapshotId)
    if (!snapshot?.complete) return false
  }
  return true
}

/** Starts the answers that waited for this snapshot and now have all they need. */
export async function releaseWaiting(ctx: MutationCtx, snapshotId: Id<'snapshots'>): Promise<void> {
  const contexts = await ctx.db
    .query('messageContexts')
    .withIndex('by_snapshot', (q) => q.eq('snapshotId', snapshotId))
    .order('desc')
    .take(50)
  for (const context of contexts) {
    if (!(await pagesReady(ctx, context.messageId))) continue
    const answers = await ctx.db
      .query('messages')
      .withIndex('by_parent', (q) => q.eq('parentId', context.messageId))
      .take(50)
    for (const answer of answers) {
      if (answer.status !== 'pending' || !answer.generationId) continue
      const generation = await ctx.db.get('generations', answer.generationId)
      if (!generation || generation.jobId) continue
      const jobId = await scheduleRun(ctx, generation._id, generation.attempt)
      await ctx.db.patch('generations', generation._id, { jobId })
    }
  }
}

/** When the latest part of a question's page text arrived; 0 when none has. */
export async function lastPartAt(ctx: QueryCtx, questionId: Id<'messages'>): Promise<number> {
  let latest = 0
  for (const context of await readContexts(ctx, questionId)) {
    // Parts are put in order, so the highest one is the latest; a point read of one part.
    const part = await ctx.db
      .query('snapshotParts')
      .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', context.snapshotId))
      .order('desc')
      .first()
    if (part) latest = Math.max(latest, part._creationTime)
  }
  return latest
}
