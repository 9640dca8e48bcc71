import { v } from 'convex/values'
import { mutation } from './functions.ts'

/** Two documents in one transaction: the entry, and the number of entries. */
export const enter = mutation({
  args: { key: v.number() },
  handler: async (ctx, { key }) => {
    await ctx.db.insert('entries', { key, text: `Entry ${key} was written before the lamp went out.` })
    const total = await ctx.db.query('totals').first()
    if (total) await ctx.db.patch(total._id, { count: total.count + 1 })
    else await ctx.db.insert('totals', { count: 1 })
  },
})
