import { v } from 'convex/values'
import { internalMutation } from './functions.ts'
import { writePassages } from './model/passages.ts'

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
