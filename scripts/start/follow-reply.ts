import type { ConvexClient } from 'convex/browser'
import { ChunkReader, type WindowSource } from '../../components/chat/chunk-reader.ts'
import { nothingHeld } from '../../components/chat/reply-text.ts'
import { api } from '../../convex/_generated/api.js'
import type { Doc, Id } from '../../convex/_generated/dataModel.js'
import type { MessageHead } from '../../convex/validators.ts'

export type EndedReply = { status: Doc<'messages'>['status']; text: string; error?: MessageHead['error'] }

/**
 * Follows the answer of the newest conversation to its end, with the panel's own reader.
 * @param onText called with the whole text so far, each time it has grown
 */
export async function followReply(client: ConvexClient, onText: (text: string) => void): Promise<EndedReply> {
  const { page } = await client.query(api.conversations.list, { paginationOpts: { numItems: 1, cursor: null } })
  const conversationId = page[0]?._id
  if (!conversationId) throw new Error('the question was not stored')
  return new Promise((resolve, reject) => {
    let following = ''
    let stopReading = () => {}
    client.onUpdate(
      api.messages.list,
      { conversationId },
      (messages) => {
        const reply = messages.findLast(({ role }) => role === 'assistant')
        if (!reply?.generation) return
        if (reply.status === 'pending' || reply.status === 'generating') {
          const { _id, attempt, fromSeq } = reply.generation
          if (following === `${_id} ${attempt}`) return
          following = `${_id} ${attempt}`
          stopReading()
          const reader = new ChunkReader(windowSource(client, _id, attempt), nothingHeld(fromSeq))
          stopReading = reader.subscribe(() => onText(reply.content + reader.held().text))
          return
        }
        stopReading()
        onText(reply.content)
        resolve({ status: reply.status, text: reply.content, error: reply.error })
      },
      reject,
    )
  })
}

function windowSource(client: ConvexClient, generationId: Id<'generations'>, attempt: number): WindowSource {
  return {
    read: (from) => client.query(api.chunks.window, { generationId, attempt, from }),
    follow: (from, onRows) => client.onUpdate(api.chunks.window, { generationId, attempt, from }, onRows),
  }
}
