import type { CDPSession } from 'playwright-core'
import { z } from 'zod'

export type Target = AsyncDisposable & {
  /** One CDP command to the target. Rejects with the browser's own message when it refuses. */
  send(method: string, params?: object): Promise<unknown>
}

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown(),
  error: z.object({ message: z.string() }).optional(),
})

/**
 * Speaks CDP to one target through the browser's session. Playwright lists no side panel among its pages; the other way
 * to reach one, a debugging port, would let every program of this machine drive the browser.
 */
export async function attachTarget(session: CDPSession, targetId: string): Promise<Target> {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const receive = (event: { sessionId: string; message: string }) => {
    if (event.sessionId !== sessionId) return
    const answer = answerSchema.safeParse(JSON.parse(event.message))
    if (!answer.success) return
    const { id, result, error } = answer.data
    if (error) waiting.get(id)?.reject(new Error(error.message))
    else waiting.get(id)?.resolve(result)
    waiting.delete(id)
  }
  const detach = (event: { sessionId: string }) => {
    if (event.sessionId !== sessionId) return
    for (const { reject } of waiting.values()) reject(new Error('the target is gone'))
    waiting.clear()
  }
  session.on('Target.receivedMessageFromTarget', receive)
  session.on('Target.detachedFromTarget', detach)

  let last = 0
  return {
    async send(method, params = {}) {
      last += 1
      const answer = Promise.withResolvers<unknown>()
      waiting.set(last, answer)
      await session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: last, method, params }),
      })
      return answer.promise
    },
    async [Symbol.asyncDispose]() {
      session.off('Target.receivedMessageFromTarget', receive)
      session.off('Target.detachedFromTarget', detach)
      detach({ sessionId })
    },
  }
}
