import {
  internalMutationGeneric,
  makeFunctionReference,
  mutationGeneric,
  queryGeneric,
  type DataModelFromSchemaDefinition,
  type MutationBuilder,
  type QueryBuilder,
} from 'convex/server'
import { v } from 'convex/values'
import type schema from './schema.ts'

type DataModel = DataModelFromSchemaDefinition<typeof schema>
const query: QueryBuilder<DataModel, 'public'> = queryGeneric
const mutation: MutationBuilder<DataModel, 'public'> = mutationGeneric
const internalMutation: MutationBuilder<DataModel, 'internal'> = internalMutationGeneric

const generate = makeFunctionReference<'action', { messageId: string; text: string }>('generation:generate')

export const get = query({
  args: { id: v.id('messages') },
  handler: async (ctx, args) => await ctx.db.get(args.id),
})

/** Stores the question and an empty reply, and schedules the action that fills it. */
export const send = mutation({
  args: { text: v.string() },
  handler: async (ctx, { text }) => {
    await ctx.db.insert('messages', { role: 'user', content: text, status: 'complete' })
    const messageId = await ctx.db.insert('messages', {
      role: 'assistant',
      content: '',
      status: 'pending',
      model: 'scripted',
    })
    await ctx.scheduler.runAfter(0, generate, { messageId, text })
    return messageId
  },
})

export const start = internalMutation({
  args: { messageId: v.id('messages') },
  handler: async (ctx, { messageId }) => {
    await ctx.db.patch(messageId, { status: 'generating', generationStartedAt: Date.now() })
  },
})

export const updatePartialContent = internalMutation({
  args: { messageId: v.id('messages'), partialContent: v.string() },
  handler: async (ctx, { messageId, partialContent }) => {
    await ctx.db.patch(messageId, { partialContent })
  },
})

export const finish = internalMutation({
  args: { messageId: v.id('messages'), content: v.string() },
  handler: async (ctx, { messageId, content }) => {
    await ctx.db.patch(messageId, {
      status: 'complete',
      content,
      partialContent: undefined,
      generationCompletedAt: Date.now(),
    })
  },
})
