import { internal } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { BATCH } from './limits.ts'

/** Parts are up to 200 KB each; passages repeat their text. */
const PARTS = 4

/** Removes a snapshot that no message refers to, with its text. Returns whether it did. */
export async function removeUnusedSnapshot(ctx: MutationCtx, id: Id<'snapshots'>): Promise<boolean> {
  const snapshot = await ctx.db.get('snapshots', id)
  if (!snapshot) return false
  const user = await ctx.db
    .query('messageContexts')
    .withIndex('by_snapshot', (q) => q.eq('snapshotId', id))
    .first()
  if (user) return false
  await ctx.db.delete('snapshots', id)
  const sibling = await ctx.db
    .query('snapshots')
    .withIndex('by_page', (q) => q.eq('pageId', snapshot.pageId))
    .first()
  if (!sibling) await ctx.db.delete('pages', snapshot.pageId)
  await ctx.scheduler.runAfter(0, internal.snapshots.purge, { snapshotId: id })
  return true
}

/** Deletes the text of a removed snapshot, a batch at a time. */
export async function purgeSnapshot(ctx: MutationCtx, snapshotId: Id<'snapshots'>): Promise<void> {
  const parts = await ctx.db
    .query('snapshotParts')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId))
    .take(PARTS)
  for (const part of parts) await ctx.db.delete('snapshotParts', part._id)
  const passages = await ctx.db
    .query('passages')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId))
    .take(BATCH)
  for (const passage of passages) await ctx.db.delete('passages', passage._id)
  const citations = await ctx.db
    .query('citations')
    .withIndex('by_snapshot', (q) => q.eq('snapshotId', snapshotId))
    .take(BATCH)
  for (const citation of citations) await ctx.db.delete('citations', citation._id)
  if (parts.length === PARTS || passages.length === BATCH || citations.length === BATCH) {
    await ctx.scheduler.runAfter(0, internal.snapshots.purge, { snapshotId })
  }
}
