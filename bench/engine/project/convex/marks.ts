import { v } from 'convex/values'
import { mutation, query } from './functions.ts'

const shelf = v.string()

export const add = mutation({
  args: { shelf, rank: v.number(), text: v.string(), at: v.optional(v.number()) },
  handler: async (ctx, mark) => {
    await ctx.db.insert('marks', mark)
  },
})

/** `count` marks of a sentence each, ranked from `from` on. */
export const fill = mutation({
  args: { shelf, from: v.number(), count: v.number() },
  handler: async (ctx, { shelf, from, count }) => {
    for (let rank = from; rank < from + count; rank++) {
      await ctx.db.insert('marks', { shelf, rank, text: `Line ${rank} of the register was read aloud at noon.` })
    }
  },
})

export const removeFirst = mutation({
  args: { shelf },
  handler: async (ctx, { shelf }) => {
    const first = await ctx.db
      .query('marks')
      .withIndex('by_shelf_rank', (q) => q.eq('shelf', shelf))
      .first()
    if (first) await ctx.db.delete(first._id)
  },
})

export const first = query({
  args: { shelf },
  handler: async (ctx, { shelf }) =>
    await ctx.db
      .query('marks')
      .withIndex('by_shelf_rank', (q) => q.eq('shelf', shelf))
      .take(20),
})

export const last = query({
  args: { shelf },
  handler: async (ctx, { shelf }) =>
    await ctx.db
      .query('marks')
      .withIndex('by_shelf_rank', (q) => q.eq('shelf', shelf))
      .order('desc')
      .first(),
})

export const between = query({
  args: { shelf, from: v.number(), to: v.number() },
  handler: async (ctx, { shelf, from, to }) => {
    const marks = await ctx.db
      .query('marks')
      .withIndex('by_shelf_rank', (q) => q.eq('shelf', shelf).gte('rank', from).lt('rank', to))
      .collect()
    return marks.length
  },
})

/** The planted defect of a query that does not use its index: reads all marks below `to` for none. */
export const filtered = query({
  args: { shelf, to: v.number() },
  handler: async (ctx, { shelf, to }) =>
    await ctx.db
      .query('marks')
      .withIndex('by_shelf_rank', (q) => q.eq('shelf', shelf).lt('rank', to))
      .filter((q) => q.eq(q.field('text'), ''))
      .take(20),
})
