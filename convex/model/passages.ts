import { internal } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { BATCH } from './limits.ts'
import { splitPassages } from './splitPassages.ts'

interface Cursor {
  readonly snapshotId: Id<'snapshots'>
  readonly part: number
  readonly offset: number
  readonly start: number
  readonly order: number
}

export async function writePassages(ctx: MutationCtx, cursor: Cursor): Promise<void> {
  const snapshot = await ctx.db.get('snapshots', cursor.snapshotId)
  if (!snapshot) return
  const page = await ctx.db.get('pages', snapshot.pageId)
  const head = await readPart(ctx, cursor.snapshotId, cursor.part)
  if (head === null) return
  // A paragraph may go on in the next part, so that is read too.
  const rest = head.slice(cursor.offset)
  const text = rest + ((await readPart(ctx, cursor.snapshotId, cursor.part + 1)) ?? '')
  const reachesEnd = cursor.part + 2 >= snapshot.partHashes.length

  const all = splitPassages(text, snapshot.zones, cursor.start)
  // The last passage of an unfinished text may grow; leave it to the batch that sees its end.
  const whole = reachesEnd ? all : all.slice(0, -1)
  const batch = whole.slice(0, BATCH)
  for (const [index, passage] of batch.entries()) {
    await ctx.db.insert('passages', {
      snapshotId: snapshot._id,
      pageId: snapshot.pageId,
      userId: snapshot.userId,
      host: page?.host ?? '',
      order: cursor.order + index,
      ...passage,
      text: text.slice(passage.start - cursor.start, passage.end - cursor.start),
    })
  }
  if (reachesEnd && batch.length === whole.length) return
  const end = batch.at(-1)?.end ?? cursor.start + rest.length
  await ctx.scheduler.runAfter(0, internal.passages.write, {
    snapshotId: cursor.snapshotId,
    ...advance(cursor, end, head.length),
    start: end,
    order: cursor.order + batch.length,
  })
}

/** The place of an offset of the whole text: in this part, or behind its end in the next. */
function advance(cursor: Cursor, end: number, partLength: number): { part: number; offset: number } {
  const offset = cursor.offset + (end - cursor.start)
  return offset < partLength ? { part: cursor.part, offset } : { part: cursor.part + 1, offset: offset - partLength }
}

async function readPart(ctx: QueryCtx, snapshotId: Id<'snapshots'>, order: number): Promise<string | null> {
  const part = await ctx.db
    .query('snapshotParts')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId).eq('order', order))
    .unique()
  return part?.text ?? null
}

interface Search {
  readonly snapshotId: Id<'snapshots'>
  readonly words: readonly string[]
  readonly passageCount: number
  readonly most: number
}

/** Null while passages are still being written: a search of a part of the page would pass for one of all of it. */
export async function searchSnapshot(
  ctx: QueryCtx,
  { snapshotId, words, passageCount, most }: Search,
): Promise<number[] | null> {
  const last = await ctx.db
    .query('passages')
    .withIndex('by_snapshot_order', (q) => q.eq('snapshotId', snapshotId).eq('order', passageCount - 1))
    .unique()
  if (!last) return null
  if (words.length === 0) return []
  const found = await ctx.db
    .query('passages')
    .withSearchIndex('search_text', (q) => q.search('text', words.join(' ')).eq('snapshotId', snapshotId))
    .take(most)
  return found.map(({ order }) => order)
}
