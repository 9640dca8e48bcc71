import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'

export default defineSchema({
  marks: defineTable({
    shelf: v.string(),
    rank: v.number(),
    text: v.string(),
    /** When it was handed to the engine: milliseconds of the machine's monotonic clock. */
    at: v.optional(v.number()),
  }).index('by_shelf_rank', ['shelf', 'rank']),

  /** Kept beside the entries by the same mutations, so that half of a transaction shows. */
  totals: defineTable({ count: v.number() }),

  entries: defineTable({ key: v.number(), text: v.string() }).index('by_key', ['key']),
})
