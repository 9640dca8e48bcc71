import { v } from 'convex/values'
import { internal } from './_generated/api.js'
import { internalMutation, internalQuery } from './functions.ts'
import { answerInput, readAnswerInput } from './model/answerInput.ts'
import { appendChunk } from './model/chunks.ts'
import { endGeneration } from './model/finish.ts'
import { beat, currentAttempt, handOver as handOverAttempt, startAttempt } from './model/generations.ts'
import { recordSent, sentContext } from './model/sent.ts'
import { reportedUsage } from './model/usage.ts'
import { recoverGenerations, watch } from './model/watchdog.ts'
import { failure, progress, verdict } from './validators.ts'

const key = { generationId: v.id('generations'), attempt: v.number() }

/** All an action needs to answer; null when this attempt is not the current one. */
export const input = internalQuery({
  args: key,
  returns: v.union(answerInput, v.null()),
  handler: async (ctx, args) => await readAnswerInput(ctx, args),
})

export const start = internalMutation({
  args: { ...key, sent: v.array(sentContext), progress: v.optional(progress) },
  returns: v.boolean(),
  handler: async (ctx, args) => await startAttempt(ctx, args),
})

export const append = internalMutation({
  args: { ...key, seq: v.number(), text: v.string() },
  returns: verdict,
  handler: async (ctx, args) => await appendChunk(ctx, args),
})

export const heartbeat = internalMutation({
  args: key,
  returns: verdict,
  handler: async (ctx, args) => await beat(ctx, args),
})

/** Ends an attempt. False when it had ended, or another attempt has taken over. */
export const finish = internalMutation({
  args: {
    ...key,
    ending: v.union(
      v.object({ kind: v.literal('complete') }),
      v.object({ kind: v.literal('stop') }),
      v.object({ kind: v.literal('fail'), error: failure }),
    ),
    usage: v.optional(reportedUsage),
    firstTokenAt: v.optional(v.number()),
    /** What was sent, where it is known by now that less of it was read. */
    sent: v.optional(v.array(sentContext)),
  },
  returns: v.boolean(),
  handler: async (ctx, { ending, usage, firstTokenAt, sent, ...attemptKey }): Promise<boolean> => {
    const current = await currentAttempt(ctx, attemptKey)
    if (!current) return false
    if (sent) await recordSent(ctx, current.message.parentId, sent)
    return await endGeneration(ctx, current.generation, ending, { usage, firstTokenAt })
  },
})

export const handOver = internalMutation({
  args: key,
  returns: v.boolean(),
  handler: async (ctx, args) => await handOverAttempt(ctx, args),
})

export const watchdog = internalMutation({
  args: key,
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await watch(ctx, args)
    return null
  },
})

/** Run once after boot: what was being written when the process died ends now, not when its lease does. */
export const recover = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx): Promise<null> => {
    if (await recoverGenerations(ctx)) await ctx.scheduler.runAfter(0, internal.generations.recover, {})
    return null
  },
})
