import { v } from 'convex/values'
import { internalMutation } from './functions.ts'

const MINUTE = 60_000
const TOLERATED = 10

/** Notes a wrong secret. False when there were ten in the last minute already; then nothing more is written. */
export const recordFailure = internalMutation({
  args: {},
  returns: v.boolean(),
  handler: async (ctx): Promise<boolean> => {
    const now = Date.now()
    const old = await ctx.db
      .query('pairingFailures')
      .withIndex('by_at', (q) => q.lt('at', now - MINUTE))
      .take(50)
    for (const failure of old) await ctx.db.delete('pairingFailures', failure._id)
    const recent = await ctx.db
      .query('pairingFailures')
      .withIndex('by_at', (q) => q.gte('at', now - MINUTE))
      .take(TOLERATED)
    if (recent.length === TOLERATED) return false
    await ctx.db.insert('pairingFailures', { at: now })
    return true
  },
})
