import type { Infer } from 'convex/values'
import { contentHash, MAX_PARTS, PART_BYTES, partHash, utf8Length } from '../../protocol/snapshot.ts'
import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import type { captureMethod, zoneRange } from '../validators.ts'
import { fail } from './failure.ts'
import { STAGED_KEEP_MS, TITLE_LENGTH } from './limits.ts'
import { ownSnapshot } from './ownership.ts'
import { findOrCreatePage } from './pages.ts'
import { shorten } from './previewLine.ts'
import { releaseWaiting } from './waiting.ts'

interface Beginning {
  readonly url: string
  readonly title: string
  readonly lang?: string
  readonly partHashes: readonly string[]
  readonly contentHash: string
  readonly wordsMain: number
  readonly wordsRest: number
  readonly method: Infer<typeof captureMethod>
  readonly truncated: boolean
  readonly zones: readonly Infer<typeof zoneRange>[]
}

/** Convex allows 8,192 elements in an array; a page with more zones than this keeps the first. */
const MAX_ZONES = 4000

export async function beginSnapshot(
  ctx: MutationCtx,
  userId: Id<'users'>,
  args: Beginning,
): Promise<{ snapshotId: Id<'snapshots'>; missing: number[] }> {
  const count = args.partHashes.length
  if (count === 0) fail('page_empty')
  if (count > MAX_PARTS) fail('page_too_large')
  if ((await contentHash(args.partHashes)) !== args.contentHash) fail('page_corrupt')

  const page = await findOrCreatePage(ctx, userId, args.url, shorten(args.title, TITLE_LENGTH))
  const existing = await ctx.db
    .query('snapshots')
    .withIndex('by_user_hash', (q) => q.eq('userId', userId).eq('contentHash', args.contentHash).eq('pageId', page._id))
    .unique()
  if (existing) return { snapshotId: existing._id, missing: await missingParts(ctx, existing) }

  const snapshotId = await ctx.db.insert('snapshots', {
    pageId: page._id,
    userId,
    contentHash: args.contentHash,
    partHashes: [...args.partHashes],
    title: shorten(args.title, TITLE_LENGTH),
    ...(args.lang === undefined ? {} : { lang: args.lang.slice(0, 35).toWellFormed() }),
    wordsMain: args.wordsMain,
    wordsRest: args.wordsRest,
    method: args.method,
    truncated: args.truncated,
    zones: args.zones.slice(0, MAX_ZONES),
    complete: false,
    capturedAt: Date.now(),
  })
  await ctx.scheduler.runAfter(STAGED_KEEP_MS, internal.snapshots.expire, { snapshotId })
  return { snapshotId, missing: Array.from({ length: count }, (_, order) => order) }
}

export async function putPart(
  ctx: MutationCtx,
  userId: Id<'users'>,
  { snapshotId, order, text }: { snapshotId: Id<'snapshots'>; order: number; text: string },
): Promise<{ complete: boolean }> {
  const snapshot = await ownSnapshot(ctx, userId, snapshotId)
  const expected = snapshot.partHashes[order]
  if (expected === undefined || utf8Length(text) > PART_BYTES) fail('page_corrupt')
  if ((await partHash(text)) !== expected) fail('page_corrupt')

  const stored = await ctx.db
    .query('snapshotParts')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId).eq('order', order))
    .unique()
  if (!stored) await ctx.db.insert('snapshotParts', { snapshotId, order, text })
  if (snapshot.complete) return { complete: true }

  const complete = (await missingParts(ctx, snapshot)).length === 0
  if (complete) {
    await ctx.db.patch('snapshots', snapshotId, { complete: true })
    await ctx.scheduler.runAfter(0, internal.passages.write, {
      snapshotId,
      part: 0,
      offset: 0,
      start: 0,
      order: 0,
    })
    await releaseWaiting(ctx, snapshotId)
  }
  return { complete }
}

/** The whole text of a complete snapshot. */
export async function readSnapshotText(ctx: QueryCtx, snapshot: Doc<'snapshots'>): Promise<string> {
  const parts = await ctx.db
    .query('snapshotParts')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshot._id))
    .take(MAX_PARTS)
  return parts.map((part) => part.text).join('')
}

async function missingParts(ctx: QueryCtx, snapshot: Doc<'snapshots'>): Promise<number[]> {
  if (snapshot.complete) return []
  const missing: number[] = []
  for (const order of snapshot.partHashes.keys()) {
    // A point read a part: reading the rows themselves would be up to 4 MB for every part that arrives.
    const hit = await ctx.db
      .query('snapshotParts')
      .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshot._id).eq('order', order))
      .unique()
    if (!hit) missing.push(order)
  }
  return missing
}
