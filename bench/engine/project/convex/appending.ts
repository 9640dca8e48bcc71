'use node'
import { hrtime } from 'node:process'
import { actionGeneric, makeFunctionReference } from 'convex/server'
import { v } from 'convex/values'

const add = makeFunctionReference<'mutation', { shelf: string; rank: number; text: string; at: number }>('marks:add')

/** Appends marks as an action does that streams, one after the other, each with the time before its mutation. */
export const run = actionGeneric({
  args: { shelf: v.string(), count: v.number(), pauseMs: v.number() },
  handler: async (ctx, { shelf, count, pauseMs }) => {
    for (let rank = 0; rank < count; rank++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      const at = Number(hrtime.bigint()) / 1e6
      await ctx.runMutation(add, { shelf, rank, text: `Chunk ${rank} of an answer.`, at })
    }
  },
})
