import { v } from 'convex/values'
import { userQuery } from './functions.ts'
import { readWindow } from './model/chunks.ts'

/**
 * Eight chunks of one attempt, `seq >= from`, ascending. The read set of a full window ends at its last row, so that a
 * later append never runs it again.
 */
export const window = userQuery({
  args: { generationId: v.id('generations'), attempt: v.number(), from: v.number() },
  returns: v.array(v.object({ seq: v.number(), text: v.string() })),
  handler: async (ctx, args) => await readWindow(ctx, ctx.userId, args),
})
