import { type Infer, v } from 'convex/values'
import { MAX_QUOTES } from '../../protocol/quote/quotes-in.ts'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { quoteMatch } from '../validators.ts'
import { ownMessage } from './ownership.ts'

/** A quote of an answer where a page has it, with what a person needs to see and to get there. */
export const citationHead = v.object({
  _id: v.id('citations'),
  snapshotId: v.id('snapshots'),
  quote: v.string(),
  answerStart: v.number(),
  answerEnd: v.number(),
  start: v.number(),
  end: v.number(),
  match: quoteMatch,
  /** The page's own words, at most 2,000 characters of them. */
  words: v.string(),
  prefix: v.string(),
  suffix: v.string(),
  title: v.string(),
  host: v.string(),
  url: v.string(),
})
type CitationHead = Infer<typeof citationHead>

export async function listCitations(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  messageId: Id<'messages'>,
): Promise<{ checked: boolean; citations: CitationHead[] }> {
  const message = await ownMessage(ctx, userId, messageId)
  const pages = new Map<Id<'snapshots'>, Pick<CitationHead, 'title' | 'host' | 'url'> | null>()
  const citations: CitationHead[] = []
  for (const row of await readCitations(ctx, messageId)) {
    let page = pages.get(row.snapshotId)
    if (page === undefined) {
      page = await pageOf(ctx, row.snapshotId)
      pages.set(row.snapshotId, page)
    }
    if (page) citations.push({ ...headOf(row), ...page })
  }
  return { checked: message.quotesChecked === true, citations }
}

export async function removeCitations(ctx: MutationCtx, messageId: Id<'messages'>): Promise<void> {
  for (const citation of await readCitations(ctx, messageId)) await ctx.db.delete('citations', citation._id)
}

/** In the order of the answer, in which they were written. */
async function readCitations(ctx: QueryCtx, messageId: Id<'messages'>): Promise<Doc<'citations'>[]> {
  return await ctx.db
    .query('citations')
    .withIndex('by_message', (q) => q.eq('messageId', messageId))
    .take(MAX_QUOTES)
}

function headOf({ _creationTime, messageId: _message, userId: _user, ...head }: Doc<'citations'>) {
  return head
}

async function pageOf(ctx: QueryCtx, snapshotId: Id<'snapshots'>) {
  const snapshot = await ctx.db.get('snapshots', snapshotId)
  const page = snapshot && (await ctx.db.get('pages', snapshot.pageId))
  return page && { title: snapshot.title, host: page.host, url: page.url }
}
