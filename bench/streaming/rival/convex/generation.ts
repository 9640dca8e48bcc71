// oxlint-disable no-restricted-imports -- the pattern reads the same provider through the same packages as Gloss
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { internalActionGeneric, makeFunctionReference } from 'convex/server'
import { v } from 'convex/values'

const start = makeFunctionReference<'mutation', { messageId: string }>('messages:start')
const update = makeFunctionReference<'mutation', { messageId: string; partialContent: string }>(
  'messages:updatePartialContent',
)
const finish = makeFunctionReference<'mutation', { messageId: string; content: string }>('messages:finish')

/** Rewrites the whole text so far into the message whenever the interval has passed. */
export const generate = internalActionGeneric({
  args: { messageId: v.id('messages'), text: v.string() },
  handler: async (ctx, { messageId, text }) => {
    const interval = Number(process.env['UPDATE_INTERVAL_MS'])
    await ctx.runMutation(start, { messageId })
    const provider = createOpenAICompatible({
      name: 'local',
      baseURL: process.env['LOCAL_MODEL_URL'] ?? '',
      includeUsage: true,
    })
    const { textStream } = streamText({ model: provider('scripted'), prompt: text, maxRetries: 0 })
    let content = ''
    let updatedAt = Number.NEGATIVE_INFINITY
    for await (const delta of textStream) {
      content += delta
      if (Date.now() - updatedAt < interval) continue
      updatedAt = Date.now()
      await ctx.runMutation(update, { messageId, partialContent: content })
    }
    await ctx.runMutation(finish, { messageId, content })
  },
})
