import { splitParts } from '../../protocol/snapshot.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { ownMessage } from './ownership.ts'

/** UTF-8 bytes of a message's row, and of each of its parts: well under Convex's limit of a document. */
const TEXT_BYTES = 200_000

export async function listParts(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  messageId: Id<'messages'>,
): Promise<{ order: number; text: string }[]> {
  await ownMessage(ctx, userId, messageId)
  const parts = await readParts(ctx, messageId)
  return parts.map(({ order, text }) => ({ order, text }))
}

/** A message's whole stored text. */
export async function readText(ctx: QueryCtx, message: Doc<'messages'>): Promise<string> {
  if (!message.partCount) return message.content
  const parts = await readParts(ctx, message._id)
  return message.content + parts.map((part) => part.text).join('')
}

/**
 * Adds text to the end of a message: `content` up to 200 KB, then parts of 200 KB. Writes the parts and returns what
 * the message row must hold.
 */
export async function extendText(
  ctx: MutationCtx,
  message: Doc<'messages'>,
  added: string,
): Promise<{ content: string; partCount?: number }> {
  const last = message.partCount ? (await readParts(ctx, message._id)).at(-1) : undefined
  const [first = '', ...rest] = splitParts((last ? last.text : message.content) + added, TEXT_BYTES)
  const nextOrder = last ? last.order + 1 : 0
  if (last && first !== last.text) await ctx.db.patch('messageParts', last._id, { text: first })
  for (const [index, text] of rest.entries()) {
    await ctx.db.insert('messageParts', { messageId: message._id, order: nextOrder + index, kind: 'text', text })
  }
  const partCount = nextOrder + rest.length
  return { content: last ? message.content : first, ...(partCount > 0 ? { partCount } : {}) }
}

export async function removeParts(ctx: MutationCtx, messageId: Id<'messages'>): Promise<void> {
  for (const part of await readParts(ctx, messageId)) await ctx.db.delete('messageParts', part._id)
}

async function readParts(ctx: QueryCtx, messageId: Id<'messages'>): Promise<Doc<'messageParts'>[]> {
  // An answer ends at 900 KB and each Continue adds as much; 50 parts are 10 MB.
  return await ctx.db
    .query('messageParts')
    .withIndex('by_message_order', (q) => q.eq('messageId', messageId))
    .take(50)
}
