import { v } from 'convex/values'
import { internalAction } from './functions.ts'
import { runAttempt } from './run/runAttempt.ts'

/** Answers one message: reads what it needs, streams the model, writes chunks, finishes. Runs at most once an attempt. */
export const run = internalAction({
  args: { generationId: v.id('generations'), attempt: v.number() },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await runAttempt(ctx, args, process.env)
    return null
  },
})
