import { v } from 'convex/values'
import { userMutation, userQuery } from './functions.ts'
import { listHeads } from './model/heads.ts'
import { readSent, sentHead } from './model/keptPages.ts'
import { continueReply as continueMessage, retryReply, stopReply } from './model/replies.ts'
import { listParts } from './model/parts.ts'
import { sendMessage } from './model/send.ts'
import { contextInput, messageHead, modelId, task } from './validators.ts'

/** Stores a question and starts its answer. The same `clientMessageId` again gives the same ids and does nothing. */
export const send = userMutation({
  args: {
    clientMessageId: v.string(),
    conversationId: v.optional(v.id('conversations')),
    text: v.string(),
    task,
    contexts: v.array(contextInput),
    modelId: v.optional(modelId),
  },
  returns: v.object({
    conversationId: v.id('conversations'),
    userMessageId: v.id('messages'),
    assistantMessageId: v.id('messages'),
    generationId: v.id('generations'),
  }),
  handler: async (ctx, args) => await sendMessage(ctx, ctx.userId, args),
})

/** The latest 200 messages, oldest first. Neither an arriving token nor a lease re-runs it. */
export const list = userQuery({
  args: { conversationId: v.id('conversations') },
  returns: v.array(messageHead),
  handler: async (ctx, args) => await listHeads(ctx, ctx.userId, args.conversationId),
})

/** What of a long answer lies beyond `content`, in order. */
export const parts = userQuery({
  args: { messageId: v.id('messages') },
  returns: v.array(v.object({ order: v.number(), text: v.string() })),
  handler: async (ctx, args) => await listParts(ctx, ctx.userId, args.messageId),
})

/** Which stretches of which pages a model was given for a question (or for the question of an answer). */
export const sent = userQuery({
  args: { messageId: v.id('messages') },
  returns: v.array(sentHead),
  handler: async (ctx, args) => await readSent(ctx, ctx.userId, args.messageId),
})

/** Asks a running answer to stop; one whose action is gone ends here. Nothing happens to one that has ended. */
export const stop = userMutation({
  args: { messageId: v.id('messages') },
  returns: v.null(),
  handler: async (ctx, args) => await stopReply(ctx, ctx.userId, args.messageId),
})

/** Answers again from nothing, as a new generation. */
export const retry = userMutation({
  args: {
    messageId: v.id('messages'),
    modelId: v.optional(modelId),
    /** Whether a summary reads what stands around the main text too; as before where absent. */
    withRest: v.optional(v.boolean()),
  },
  returns: v.object({ generationId: v.id('generations') }),
  handler: async (ctx, { messageId, ...args }) => await retryReply(ctx, ctx.userId, messageId, args),
})

/** Goes on where a stopped or failed answer ended: the same generation's next attempt. */
export const continueReply = userMutation({
  args: { messageId: v.id('messages') },
  returns: v.null(),
  handler: async (ctx, args) => await continueMessage(ctx, ctx.userId, args.messageId),
})
