import { v } from 'convex/values'
import { internalMutation, userQuery } from './functions.ts'
import { readWindow, sweepAttempt, sweepGeneration } from './model/chunks.ts'

/**
 * Eight chunks of one attempt, `seq >= from`, ascending. The read set of a full window ends at its last row, so that a
 * later append never runs it again.
 */
export const window = userQuery({
  args: { generationId: v.id('generations'), attempt: v.number(), from: v.number() },
  returns: v.array(v.object({ seq: v.number(), text: v.string() })),
  handler: async (ctx, args) => await readWindow(ctx, ctx.userId, args),
})

/** Deletes an ended attempt's rows, a batch at a time. */
export const sweep = internalMutation({
  args: { generationId: v.id('generations'), attempt: v.number() },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await sweepAttempt(ctx, args.generationId, args.attempt)
    return null
  },
})

/** The same for every attempt, when the conversation was removed. */
export const sweepAll = internalMutation({
  args: { generationId: v.id('generations') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await sweepGeneration(ctx, args.generationId)
    return null
  },
})
