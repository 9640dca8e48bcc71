import { v } from 'convex/values'
import { internalMutation, internalQuery } from './functions.ts'
import { searchSnapshot, writePassages } from './model/passages.ts'

/** Cuts a complete snapshot into paragraph-sized passages, a batch at a time. */
export const write = internalMutation({
  args: {
    snapshotId: v.id('snapshots'),
    /** Where to go on: the part, and the UTF-16 offset in it. */
    part: v.number(),
    offset: v.number(),
    /** The same place as an offset in the whole text, and the order of the next passage. */
    start: v.number(),
    order: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await writePassages(ctx, args)
    return null
  },
})

/** The orders of the passages that hold these words, best first, of both zones; null while some are not written yet. */
export const search = internalQuery({
  args: {
    snapshotId: v.id('snapshots'),
    words: v.array(v.string()),
    /** How many passages the snapshot's text makes. */
    passageCount: v.number(),
    most: v.number(),
  },
  returns: v.union(v.array(v.number()), v.null()),
  handler: async (ctx, args) => await searchSnapshot(ctx, args),
})
