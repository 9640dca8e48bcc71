import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { fail } from './failure.ts'
import { pageIdentity } from '../../protocol/page-identity.ts'

/** The person's page of this identity. A new title replaces the old one. */
export async function findOrCreatePage(
  ctx: MutationCtx,
  userId: Id<'users'>,
  rawUrl: string,
  title: string,
): Promise<Doc<'pages'>> {
  if (!URL.canParse(rawUrl) || rawUrl.length > 20_000) fail('page_corrupt')
  const { identity, host } = pageIdentity(rawUrl.toWellFormed())
  const existing = await ctx.db
    .query('pages')
    .withIndex('by_user_url', (q) => q.eq('userId', userId).eq('url', identity))
    .unique()
  if (existing) {
    if (existing.title !== title) await ctx.db.patch('pages', existing._id, { title })
    return { ...existing, title }
  }
  const id = await ctx.db.insert('pages', { userId, url: identity, host, title, lastAskedAt: 0 })
  const created = await ctx.db.get('pages', id)
  if (!created) throw new Error('a page row vanished inside the transaction that wrote it')
  return created
}

/** Records that a conversation asked about a page, now. */
export async function touchConversationPage(
  ctx: MutationCtx,
  conversation: Pick<Doc<'conversations'>, '_id' | 'userId'>,
  pageId: Id<'pages'>,
): Promise<void> {
  const now = Date.now()
  const page = await ctx.db.get('pages', pageId)
  if (!page) return
  await ctx.db.patch('pages', pageId, { lastAskedAt: now })
  const rows = await ctx.db
    .query('conversationPages')
    .withIndex('by_conversation', (q) => q.eq('conversationId', conversation._id))
    .take(1000)
  const row = rows.find((candidate) => candidate.pageId === pageId)
  if (row) await ctx.db.patch('conversationPages', row._id, { lastMessageAt: now })
  else {
    await ctx.db.insert('conversationPages', {
      conversationId: conversation._id,
      pageId,
      userId: conversation.userId,
      host: page.host,
      lastMessageAt: now,
    })
  }
}
