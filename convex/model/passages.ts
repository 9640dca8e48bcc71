import { internal } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { LONGEST_PASSAGE, splitPassages, type Passage } from './splitPassages.ts'

/** Rows one mutation writes. They are long and go into the search index: many at once hold up everyone else. */
const PASSAGES_AT_ONCE = 10
/** UTF-16 units that are cut for them. */
const READ_LENGTH = 16_000

interface Cursor {
  readonly snapshotId: Id<'snapshots'>
  readonly part: number
  readonly offset: number
  readonly start: number
  readonly order: number
}

/** Some text from the cursor on, and whether it goes to the page's end. */
interface Stretch {
  readonly text: string
  readonly isEnd: boolean
}

export async function writePassages(ctx: MutationCtx, cursor: Cursor): Promise<void> {
  const snapshot = await ctx.db.get('snapshots', cursor.snapshotId)
  if (!snapshot) return
  const page = await ctx.db.get('pages', snapshot.pageId)
  const head = await readPart(ctx, cursor.snapshotId, cursor.part)
  if (head === null) return
  const rest = head.slice(cursor.offset)
  // A paragraph may go on in the next part.
  const read = async (length: number): Promise<Stretch> => {
    const next = rest.length < length ? await readPart(ctx, cursor.snapshotId, cursor.part + 1) : null
    const text = rest + (next ?? '')
    const partsRead = next === null ? 1 : 2
    const isEnd = cursor.part + partsRead >= snapshot.partHashes.length && text.length <= length
    return { text: text.slice(0, length), isEnd }
  }
  const split = ({ text }: Stretch): Passage[] => splitPassages(text, snapshot.zones, cursor.start)

  let stretch = await read(READ_LENGTH)
  let whole = settled(split(stretch), stretch, cursor.start)
  if (whole.length === 0) {
    // Hardly anything but white space.
    stretch = await read(Infinity)
    whole = split(stretch)
  }
  const { text, isEnd } = stretch
  const batch = whole.slice(0, PASSAGES_AT_ONCE)
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
  if (isEnd && batch.length === whole.length) return
  const end = batch.at(-1)?.end ?? cursor.start + text.length
  await ctx.scheduler.runAfter(0, internal.passages.write, {
    snapshotId: cursor.snapshotId,
    ...advance(cursor, end, head.length),
    start: end,
    order: cursor.order + batch.length,
  })
}

/** Those that stay as they are, whatever comes behind the text, which begins at `start`. */
function settled(passages: Passage[], { text, isEnd }: Stretch, start: number): Passage[] {
  if (isEnd) return passages
  // A passage is made of what begins within its longest length, and that is cut within the same length behind it.
  const settledTo = start + text.trimEnd().length - 2 * LONGEST_PASSAGE
  return passages.filter((passage) => passage.start < settledTo)
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
