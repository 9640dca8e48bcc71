import { internal } from '../_generated/api.js'
import type { ActionCtx } from '../_generated/server.js'
import { HITS, type SearchPassages } from '../ai/reading/planReading.ts'

/** Asks the search index of passages. */
export function searchPassages(ctx: ActionCtx): SearchPassages {
  return async (snapshotId, words, passageCount) =>
    await ctx.runQuery(internal.passages.search, { snapshotId, words: [...words], passageCount, most: HITS })
}
