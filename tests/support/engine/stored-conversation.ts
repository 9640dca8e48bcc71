import type { ConvexClient, ConvexHttpClient } from 'convex/browser'
import { api } from '../../../convex/_generated/api.js'
import type { Id } from '../../../convex/_generated/dataModel.js'
import type { ConversationHead, MessageHead } from '../../../convex/validators.ts'

type Client = Pick<ConvexClient | ConvexHttpClient, 'query'>

export async function listConversations(client: Client): Promise<ConversationHead[]> {
  const { page } = await client.query(api.conversations.list, { paginationOpts: { numItems: 50, cursor: null } })
  return page
}

/** The messages of the conversation that was used last; none when there is no conversation. */
export async function newestMessages(client: Client): Promise<MessageHead[]> {
  const [newest] = await listConversations(client)
  return newest ? await client.query(api.messages.list, { conversationId: newest._id }) : []
}

/** The last reply of that conversation. */
export async function newestReply(client: Client): Promise<MessageHead> {
  const reply = (await newestMessages(client)).findLast(({ role }) => role === 'assistant')
  if (!reply) throw new Error('no reply is stored')
  return reply
}

/** The whole text of a reply as it is stored: what ended, the parts beyond the message, and the chunks still being written. */
export async function storedText(client: Client, head: MessageHead): Promise<string> {
  const parts = head.partCount === 0 ? [] : await client.query(api.messages.parts, { messageId: head._id })
  const ended = head.content + parts.map(({ text }) => text).join('')
  const running = head.status === 'pending' || head.status === 'generating'
  return running && head.generation ? ended + (await chunkText(client, head.generation)) : ended
}

async function chunkText(
  client: Client,
  { _id, attempt, fromSeq }: { _id: Id<'generations'>; attempt: number; fromSeq: number },
): Promise<string> {
  let text = ''
  for (let from = fromSeq; ;) {
    const rows = await client.query(api.chunks.window, { generationId: _id, attempt, from })
    const last = rows.at(-1)
    if (!last) return text
    text += rows.map((row) => row.text).join('')
    from = last.seq + 1
  }
}
