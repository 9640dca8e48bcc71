import type { ConvexReactClient } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'

/** Resolves once no answer is being written in the conversation. Rejects when it is gone, or when `signal` aborts. */
export async function untilIdle(
  client: ConvexReactClient,
  conversationId: Id<'conversations'>,
  signal: AbortSignal,
): Promise<void> {
  const watch = client.watchQuery(api.conversations.get, { conversationId })
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const look = (): void => {
    try {
      if (watch.localQueryResult()?.answering === false) resolve(undefined)
    } catch (error) {
      reject(error)
    }
  }
  const aborted = (): void => reject(signal.reason)
  const stop = watch.onUpdate(look)
  signal.addEventListener('abort', aborted, { once: true })
  try {
    if (signal.aborted) aborted()
    look()
    await promise
  } finally {
    stop()
    signal.removeEventListener('abort', aborted)
  }
}
