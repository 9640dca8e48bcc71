import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { removeCitations } from './citations.ts'
import { removeLease } from './leases.ts'
import { BATCH } from './limits.ts'
import { scheduleNotesSweep } from './passNotes.ts'
import { removeParts } from './parts.ts'
import { removeUnusedSnapshot } from './snapshotRemoval.ts'

/** Messages are few rows each, so a batch of them stays small. */
const MESSAGES = 20

/** Deletes what belonged to a removed conversation, a batch at a time, and page text that nothing else refers to. */
export async function purgeConversation(ctx: MutationCtx, conversationId: Id<'conversations'>): Promise<void> {
  const messages = await ctx.db
    .query('messages')
    .withIndex('by_conversation_created', (q) => q.eq('conversationId', conversationId))
    .take(MESSAGES)
  for (const message of messages) await removeMessage(ctx, message)
  if (messages.length === MESSAGES) {
    await ctx.scheduler.runAfter(0, internal.conversations.purge, { conversationId })
    return
  }
  const pages = await ctx.db
    .query('conversationPages')
    .withIndex('by_conversation', (q) => q.eq('conversationId', conversationId))
    .take(BATCH)
  for (const page of pages) await ctx.db.delete('conversationPages', page._id)
}

async function removeMessage(ctx: MutationCtx, message: Doc<'messages'>): Promise<void> {
  const contexts = await ctx.db
    .query('messageContexts')
    .withIndex('by_message', (q) => q.eq('messageId', message._id))
    .take(BATCH)
  for (const context of contexts) await ctx.db.delete('messageContexts', context._id)
  for (const context of contexts) await removeUnusedSnapshot(ctx, context.snapshotId)

  const generations = await ctx.db
    .query('generations')
    .withIndex('by_message', (q) => q.eq('messageId', message._id))
    .take(BATCH)
  for (const generation of generations) {
    await scheduleNotesSweep(ctx, generation)
    await ctx.db.delete('generations', generation._id)
  }
  // The generation that was running went with the conversation; its chunks and lease are still here.
  const ids = new Set([...generations.map((generation) => generation._id), message.generationId])
  for (const id of ids) {
    if (!id) continue
    await removeLease(ctx, id)
    await ctx.scheduler.runAfter(0, internal.chunks.sweepAll, { generationId: id })
  }
  await removeParts(ctx, message._id)
  await removeCitations(ctx, message._id)
  await ctx.db.delete('messages', message._id)
}
