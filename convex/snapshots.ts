import { v } from 'convex/values'
import { internalMutation, userMutation, userQuery } from './functions.ts'
import { readSnapshotHead, readSnapshotPart, snapshotHead } from './model/keptPages.ts'
import { purgeSnapshot, removeUnusedSnapshot } from './model/snapshotRemoval.ts'
import { beginSnapshot, putPart } from './model/snapshots.ts'
import { captureMethod, zoneRange } from './validators.ts'

/** Stages a snapshot, or finds the one with this content. `missing` lists the parts that `put` still has to bring. */
export const begin = userMutation({
  args: {
    url: v.string(),
    title: v.string(),
    lang: v.optional(v.string()),
    partHashes: v.array(v.string()),
    contentHash: v.string(),
    wordsMain: v.number(),
    wordsRest: v.number(),
    method: captureMethod,
    truncated: v.boolean(),
    zones: v.array(zoneRange),
  },
  returns: v.object({ snapshotId: v.id('snapshots'), missing: v.array(v.number()) }),
  handler: async (ctx, args) => await beginSnapshot(ctx, ctx.userId, args),
})

/** Stores one part after checking its hash (`page_corrupt`). The last one releases the answers that wait for the page. */
export const put = userMutation({
  args: { snapshotId: v.id('snapshots'), order: v.number(), text: v.string() },
  returns: v.object({ complete: v.boolean() }),
  handler: async (ctx, args) => await putPart(ctx, ctx.userId, args),
})

/** A page as it was read, without its text. */
export const get = userQuery({
  args: { snapshotId: v.id('snapshots') },
  returns: snapshotHead,
  handler: async (ctx, args) => await readSnapshotHead(ctx, ctx.userId, args.snapshotId),
})

/** One part of its text, at most 200 KB, from 0 to `partCount` - 1. */
export const part = userQuery({
  args: { snapshotId: v.id('snapshots'), order: v.number() },
  returns: v.string(),
  handler: async (ctx, args) => await readSnapshotPart(ctx, ctx.userId, args.snapshotId, args.order),
})

/** An hour after staging: removes a snapshot that no message came to use. */
export const expire = internalMutation({
  args: { snapshotId: v.id('snapshots') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await removeUnusedSnapshot(ctx, args.snapshotId)
    return null
  },
})

/** Deletes a removed snapshot's text, a batch at a time. */
export const purge = internalMutation({
  args: { snapshotId: v.id('snapshots') },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await purgeSnapshot(ctx, args.snapshotId)
    return null
  },
})
