import { useMutation } from 'convex/react'
import { useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Failure } from '../../protocol/errors.ts'
import { failureOf } from '../asking/failure-of.ts'
import type { MessageHead } from './message-head.ts'
import { attemptKey, stopRequests } from './stop-requests.ts'

export interface ReplyActions {
  /** Why the last action was refused. */
  readonly failure: Failure | undefined
  stop(head: MessageHead): void
  retry(head: MessageHead): void
  /** Asks again, with what stands around the main text of the pages. */
  retryWithRest(head: MessageHead): void
  continueReply(head: MessageHead): void
}

/** What can be done with a reply. Stop shows at once; it is taken back when the backend refuses. */
export function useReplyActions(): ReplyActions {
  const stop = useMutation(api.messages.stop)
  const retry = useMutation(api.messages.retry)
  const continueReply = useMutation(api.messages.continueReply)
  const [failure, setFailure] = useState<Failure>()

  const act = async (action: () => Promise<unknown>): Promise<void> => {
    setFailure(undefined)
    try {
      await action()
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  return {
    failure,
    stop: (head) => {
      const key = attemptKey(head)
      if (key === undefined) return
      const before = stopRequests.get()
      stopRequests.set(new Set([...before, key]))
      void act(async () => {
        try {
          await stop({ messageId: head._id })
        } catch (error) {
          stopRequests.set(new Set([...stopRequests.get()].filter((requested) => requested !== key)))
          throw error
        }
      })
    },
    retry: (head) => void act(async () => await retry({ messageId: head._id })),
    retryWithRest: (head) => void act(async () => await retry({ messageId: head._id, withRest: true })),
    continueReply: (head) => void act(async () => await continueReply({ messageId: head._id })),
  }
}
