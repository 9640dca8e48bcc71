import { defineSchema, defineTable } from 'convex/server'
import { v } from 'convex/values'

/** The messages of the pattern that Gloss is compared with: a reply grows inside its own document. */
export default defineSchema({
  messages: defineTable({
    role: v.union(v.literal('user'), v.literal('assistant')),
    content: v.string(),
    partialContent: v.optional(v.string()),
    status: v.union(v.literal('pending'), v.literal('generating'), v.literal('complete'), v.literal('error')),
    model: v.optional(v.string()),
    generationStartedAt: v.optional(v.number()),
    generationCompletedAt: v.optional(v.number()),
  }),
})
