import { v } from 'convex/values'
import { internalAction, internalMutation, internalQuery, userQuery } from './functions.ts'
import { citationHead, listCitations } from './model/citations.ts'
import {
  checkInput,
  checkKey,
  checkPage,
  foundQuote,
  readCheckInput,
  readCheckPage,
  storeCitations,
  watchQuoteCheck,
} from './model/quoteCheck.ts'
import { checkQuotes } from './run/checkQuotes.ts'

/**
 * The quotes of an answer that its pages have, in the order of the answer. Once `checked`, a quotation of `quotesIn`
 * without a citation is one that the pages do not have; an answer to a question without a page is never checked.
 */
export const list = userQuery({
  args: { messageId: v.id('messages') },
  returns: v.object({ checked: v.boolean(), citations: v.array(citationHead) }),
  handler: async (ctx, args) => await listCitations(ctx, ctx.userId, args.messageId),
})

/** Null when the answer has changed since the check was scheduled, or is gone. */
export const input = internalQuery({
  args: checkKey,
  returns: v.union(checkInput, v.null()),
  handler: async (ctx, args) => await readCheckInput(ctx, args),
})

export const page = internalQuery({
  args: { snapshotId: v.id('snapshots') },
  returns: v.union(checkPage, v.null()),
  handler: async (ctx, args) => await readCheckPage(ctx, args.snapshotId),
})

/** Looks for the quotes of an ended answer in its pages. */
export const check = internalAction({
  args: checkKey,
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await checkQuotes(ctx, args)
    return null
  },
})

export const store = internalMutation({
  args: { ...checkKey, found: v.array(foundQuote) },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await storeCitations(ctx, args)
    return null
  },
})

/** Has the check run again when it did not come to its end. */
export const watch = internalMutation({
  args: { ...checkKey, tries: v.number() },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await watchQuoteCheck(ctx, args)
    return null
  },
})
