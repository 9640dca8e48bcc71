import type { Doc, Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { fail } from './failure.ts'

/*
 * "Not yours" and "does not exist" are the same error, so that an id tells a stranger nothing. A caller without a row
 * (`userId` null) owns nothing.
 */

export async function ownConversation(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  id: Id<'conversations'>,
): Promise<Doc<'conversations'>> {
  const conversation = await ctx.db.get('conversations', id)
  return conversation && conversation.userId === userId ? conversation : fail('not_found')
}

/** A message whose conversation is still there. */
export async function ownMessage(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  id: Id<'messages'>,
): Promise<Doc<'messages'>> {
  const message = await ctx.db.get('messages', id)
  if (!message || message.userId !== userId) return fail('not_found')
  await ownConversation(ctx, userId, message.conversationId)
  return message
}

export async function ownGeneration(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  id: Id<'generations'>,
): Promise<Doc<'generations'>> {
  const generation = await ctx.db.get('generations', id)
  return generation && generation.userId === userId ? generation : fail('not_found')
}

export async function ownSnapshot(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  id: Id<'snapshots'>,
): Promise<Doc<'snapshots'>> {
  const snapshot = await ctx.db.get('snapshots', id)
  return snapshot && snapshot.userId === userId ? snapshot : fail('not_found')
}
