import { type Infer, v } from 'convex/values'
import type { Id } from '../_generated/dataModel.js'
import type { QueryCtx } from '../_generated/server.js'
import { captureMethod, contextKind, range, zoneRange } from '../validators.ts'
import { fail } from './failure.ts'
import { ownMessage, ownSnapshot } from './ownership.ts'
import { pageIdentity } from '../../protocol/page-identity.ts'
import { readContexts } from './waiting.ts'

/** A page as it was read once, without its text: `snapshots.part` gives that, part by part. */
export const snapshotHead = v.object({
  title: v.string(),
  host: v.string(),
  /** The page's identity (`pages.url`), by which it can be opened again. */
  url: v.string(),
  lang: v.optional(v.string()),
  /** Milliseconds since the epoch. */
  capturedAt: v.number(),
  method: captureMethod,
  truncated: v.boolean(),
  wordsMain: v.number(),
  wordsRest: v.number(),
  zones: v.array(zoneRange),
  partCount: v.number(),
})
export type SnapshotHead = Infer<typeof snapshotHead>

/** What one context of a question gave to a model. */
export const sentHead = v.object({
  contextId: v.id('messageContexts'),
  snapshotId: v.id('snapshots'),
  kind: contextKind,
  title: v.string(),
  host: v.string(),
  /** Origin and path: all that a model is told of the address. */
  address: v.string(),
  /** What the person had selected, sent besides the ranges. */
  quote: v.optional(v.string()),
  /** Of the snapshot's text, sorted. Absent while no model was given anything yet. */
  ranges: v.optional(v.array(range)),
})
export type SentHead = Infer<typeof sentHead>

export async function readSnapshotHead(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  snapshotId: Id<'snapshots'>,
): Promise<SnapshotHead> {
  const snapshot = await ownSnapshot(ctx, userId, snapshotId)
  const page = await ctx.db.get('pages', snapshot.pageId)
  const { title, lang, capturedAt, method, truncated, wordsMain, wordsRest, zones, partHashes } = snapshot
  return {
    title,
    host: page?.host ?? '',
    url: page?.url ?? '',
    ...(lang === undefined ? {} : { lang }),
    capturedAt,
    method,
    truncated,
    wordsMain,
    wordsRest,
    zones,
    partCount: partHashes.length,
  }
}

export async function readSnapshotPart(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  snapshotId: Id<'snapshots'>,
  order: number,
): Promise<string> {
  await ownSnapshot(ctx, userId, snapshotId)
  const part = await ctx.db
    .query('snapshotParts')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId).eq('order', order))
    .unique()
  return part ? part.text : fail('not_found')
}

/** Of a question, or of the question that an answer belongs to. */
export async function readSent(
  ctx: QueryCtx,
  userId: Id<'users'> | null,
  messageId: Id<'messages'>,
): Promise<SentHead[]> {
  const message = await ownMessage(ctx, userId, messageId)
  const questionId = message.role === 'assistant' ? message.parentId : message._id
  const heads: SentHead[] = []
  for (const context of questionId === null ? [] : await readContexts(ctx, questionId)) {
    const snapshot = await ctx.db.get('snapshots', context.snapshotId)
    const page = snapshot && (await ctx.db.get('pages', snapshot.pageId))
    heads.push({
      contextId: context._id,
      snapshotId: context.snapshotId,
      kind: context.kind,
      title: snapshot?.title ?? '',
      host: page?.host ?? '',
      address: page ? pageIdentity(page.url).address : '',
      ...(context.quote === undefined ? {} : { quote: context.quote }),
      ...(context.sentRanges === undefined ? {} : { ranges: context.sentRanges }),
    })
  }
  return heads
}
