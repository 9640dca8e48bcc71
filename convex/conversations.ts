import { paginationOptsValidator, paginationResultValidator } from 'convex/server'
import { v } from 'convex/values'
import { internalMutation, userMutation, userQuery } from './functions.ts'
import { listConversations, readConversation, removeConversation, renameConversation } from './model/conversations.ts'
import { purgeConversation } from './model/purge.ts'
import { conversationHead } from './validators.ts'

/** The active conversations, latest first. */
export const list = userQuery({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(conversationHead),
  handler: async (ctx, args) => await listConversations(ctx, ctx.userId, args.paginationOpts),
})

export const get = userQuery({
  args: { conversationId: v.id('conversations') },
  returns: conversationHead,
  handler: async (ctx, args) => await readConversation(ctx, ctx.userId, args.conversationId),
})

export const rename = userMutation({
  args: { conversationId: v.id('conversations'), title: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => await renameConversation(ctx, ctx.userId, args.conversationId, args.title),
})

/** Gone at once, a running answer with it; its rows, and page text that nothing else refers to, go in batches. */
export const remove = userMutation({
  args: { conversationId: v.id('conversations') },
  returns: v.null(),
  handler: async (ctx, args) => await removeConversation(ctx, ctx.userId, args.conversationId),
})

/** Deletes a removed conversation's rows, a batch at a time. */
export const purge = internalMutation({
  args: { conversationId: v.id('conversations') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await purgeConversation(ctx, args.conversationId)
    return null
  },
})
