import { randomUUID } from 'node:crypto'
import type { ConvexClient } from 'convex/browser'
import type { FunctionArgs } from 'convex/server'
import { ChunkReader, type WindowSource } from '../../components/chat/chunk-reader.ts'
import { nothingHeld, type Chunk } from '../../components/chat/reply-text.ts'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'

/** What stands between the windows and the reader: nothing, or a planted defect. */
export type Tamper = (rows: readonly Chunk[]) => readonly Chunk[]

type Question = Pick<FunctionArgs<typeof api.messages.send>, 'text'> & Partial<FunctionArgs<typeof api.messages.send>>

/**
 * Asks in a new conversation and follows the reply to its end, with the panel's own reader.
 * @param onText called with the whole text so far, in the client's own callback
 * @returns the text of the finished message
 * @throws Error for a reply that did not end as complete
 */
export async function askGloss(
  client: ConvexClient,
  question: Question,
  onText: (text: string) => void,
  tamper: Tamper = (rows) => rows,
): Promise<string> {
  const { conversationId, assistantMessageId } = await client.mutation(api.messages.send, {
    clientMessageId: randomUUID(),
    task: 'ask',
    contexts: [],
    ...question,
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let following = ''
  let stopReading = (): void => {}
  const stopList = client.onUpdate(
    api.messages.list,
    { conversationId },
    (heads) => {
      const head = heads.find(({ _id }) => _id === assistantMessageId)
      if (!head?.generation) return
      if (head.status === 'pending' || head.status === 'generating') {
        const { _id, attempt, fromSeq } = head.generation
        if (following === `${_id} ${attempt}`) return
        following = `${_id} ${attempt}`
        stopReading()
        const reader = new ChunkReader(windows(client, { _id, attempt }, tamper, reject), nothingHeld(fromSeq))
        stopReading = reader.subscribe(() => onText(head.content + reader.held().text))
      } else if (head.status === 'complete') {
        onText(head.content)
        resolve(head.content)
      } else reject(new Error(`the reply ended as ${head.status}: ${head.error?.code ?? ''}`))
    },
    reject,
  )
  try {
    return await promise
  } finally {
    stopReading()
    stopList()
  }
}

function windows(
  client: ConvexClient,
  { _id, attempt }: { _id: Id<'generations'>; attempt: number },
  tamper: Tamper,
  onError: (error: Error) => void,
): WindowSource {
  const args = (from: number) => ({ generationId: _id, attempt, from })
  return {
    read: async (from) => tamper(await client.query(api.chunks.window, args(from))),
    follow: (from, onRows) => client.onUpdate(api.chunks.window, args(from), (rows) => onRows(tamper(rows)), onError),
  }
}
