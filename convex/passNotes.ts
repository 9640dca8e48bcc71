import { v } from 'convex/values'
import { internalMutation, internalQuery } from './functions.ts'
import { passNote, readPassNotes, storePassNote, sweepNotes } from './model/passNotes.ts'
import { sentContext } from './model/sent.ts'
import { reportedUsage } from './model/usage.ts'
import { progress, verdict } from './validators.ts'

/** What earlier attempts of a generation noted. */
export const list = internalQuery({
  args: { generationId: v.id('generations') },
  returns: v.array(passNote),
  handler: async (ctx, args) => await readPassNotes(ctx, args.generationId),
})

/** Ends one pass over a part of a long page. */
export const store = internalMutation({
  args: {
    generationId: v.id('generations'),
    attempt: v.number(),
    note: passNote,
    progress,
    sent: v.array(sentContext),
    usage: v.optional(reportedUsage),
  },
  returns: verdict,
  handler: async (ctx, { generationId, attempt, ...end }) => await storePassNote(ctx, { generationId, attempt }, end),
})

/** Deletes the notes of an answer, a batch at a time. */
export const sweep = internalMutation({
  args: { generationId: v.id('generations') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await sweepNotes(ctx, args.generationId)
    return null
  },
})
