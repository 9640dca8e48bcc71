import type { PaginationOptions, PaginationResult } from 'convex/server'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { ConversationHead } from '../validators.ts'
import { fail } from './failure.ts'
import { TITLE_LENGTH } from './limits.ts'
import { ownConversation } from './ownership.ts'
import { scheduleNotesSweep } from './passNotes.ts'
import { shorten } from './previewLine.ts'

export async function listConversations(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  paginationOpts: PaginationOptions,
): Promise<PaginationResult<ConversationHead>> {
  if (userId === null) return { page: [], isDone: true, continueCursor: '' }
  const result = await ctx.db
    .query('conversations')
    .withIndex('by_user_shelf_last', (q) => q.eq('userId', userId).eq('shelf', 'active'))
    .order('desc')
    .paginate(paginationOpts)
  return { ...result, page: result.page.map(head) }
}

export async function readConversation(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  id: Id<'conversations'>,
): Promise<ConversationHead> {
  return head(await ownConversation(ctx, userId, id))
}

export async function renameConversation(
  ctx: MutationCtx,
  userId: Id<'users'>,
  id: Id<'conversations'>,
  title: string,
): Promise<null> {
  const conversation = await ownConversation(ctx, userId, id)
  const short = shorten(title, TITLE_LENGTH)
  if (short !== '') await ctx.db.patch('conversations', conversation._id, { title: short })
  return null
}

/**
 * The row goes at once, so that nothing of the conversation can be read, and with it a running answer: its next write
 * finds its generation ended and its action stops the provider.
 */
export async function removeConversation(
  ctx: MutationCtx,
  userId: Id<'users'>,
  id: Id<'conversations'>,
): Promise<null> {
  const conversation = await ownConversation(ctx, userId, id)
  const running = await findRunning(ctx, conversation._id)
  const generation = running?.generationId ? await ctx.db.get('generations', running.generationId) : null
  if (generation) {
    await scheduleNotesSweep(ctx, generation)
    await ctx.db.delete('generations', generation._id)
  }
  await ctx.db.delete('conversations', conversation._id)
  await ctx.scheduler.runAfter(0, internal.conversations.purge, { conversationId: id })
  return null
}

/** The answer that is being written or waited for in a conversation, if there is one. */
export async function findRunning(ctx: QueryCtx, id: Id<'conversations'>): Promise<Doc<'messages'> | null> {
  for (const status of ['pending', 'generating'] as const) {
    const message = await ctx.db
      .query('messages')
      .withIndex('by_conversation_status', (q) => q.eq('conversationId', id).eq('status', status))
      .first()
    if (message) return message
  }
  return null
}

/** One answer at a time: a second question waits for the first. */
export async function requireIdle(ctx: QueryCtx, id: Id<'conversations'>): Promise<void> {
  if (await findRunning(ctx, id)) fail('busy')
}

function head({ _id, title, shelf, lastMessageAt, lastLine, answering }: Doc<'conversations'>): ConversationHead {
  return { _id, title, shelf, lastMessageAt, lastLine, answering }
}
