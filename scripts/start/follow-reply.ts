import type { ConvexClient } from 'convex/browser'
import { ChunkReader, type WindowSource } from '../../components/chat/chunk-reader.ts'
import { nothingHeld } from '../../components/chat/reply-text.ts'
import { api } from '../../convex/_generated/api.js'
import type { GenerationHead, MessageHead } from '../../convex/validators.ts'

export type EndedReply = { status: MessageHead['status']; text: string; error: MessageHead['error'] }

/**
 * Follows the first answer that is stored after `since`, to its end, with the panel's own reader.
 * @param since milliseconds of this machine's clock, which is the engine's
 * @param onText called with the whole text so far, each time it has grown
 */
export function followReply(client: ConvexClient, since: number, onText: (text: string) => void): Promise<EndedReply> {
  return new Promise((resolve, reject) => {
    let conversation = ''
    let attempt = ''
    let stopMessages = () => {}
    let stopChunks = () => {}

    const onMessages = (messages: MessageHead[]) => {
      const reply = messages.findLast(({ role, _creationTime }) => role === 'assistant' && _creationTime >= since)
      if (!reply?.generation) return
      const { status, content, error, generation } = reply
      if (status === 'pending' || status === 'generating') {
        const current = `${generation._id} ${generation.attempt}`
        if (attempt === current) return
        attempt = current
        stopChunks()
        const reader = new ChunkReader(windowSource(client, generation), nothingHeld(generation.fromSeq))
        stopChunks = reader.subscribe(() => onText(content + reader.held().text))
        return
      }
      stopChunks()
      onText(content)
      resolve({ status, text: content, error })
    }

    client.onUpdate(
      api.conversations.list,
      { paginationOpts: { numItems: 1, cursor: null } },
      ({ page: [newest] }) => {
        if (!newest || newest._id === conversation) return
        conversation = newest._id
        stopMessages()
        stopMessages = client.onUpdate(api.messages.list, { conversationId: newest._id }, onMessages, reject)
      },
      reject,
    )
  })
}

function windowSource(client: ConvexClient, { _id: generationId, attempt }: GenerationHead): WindowSource {
  return {
    read: (from) => client.query(api.chunks.window, { generationId, attempt, from }),
    follow: (from, onRows) => client.onUpdate(api.chunks.window, { generationId, attempt, from }, onRows),
  }
}
