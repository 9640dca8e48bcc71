import type { MessageHead } from './message-head.ts'
import { isTerminal } from './message-head.ts'
import { Store } from '../ui/store.ts'

export type ShownStatus = MessageHead['status'] | 'stopping'

/** The attempts a person stopped here, shown as stopping before the backend has heard of it. */
export const stopRequests = new Store<ReadonlySet<string>>(new Set())

export function attemptKey({ generation }: Pick<MessageHead, 'generation'>): string | undefined {
  return generation && `${generation._id}:${generation.attempt}`
}

/** The state to show: `stopping` from the press of Stop, here or in another panel, until the reply has ended. */
export function shownStatus(
  head: Pick<MessageHead, 'status' | 'generation'>,
  requested: ReadonlySet<string>,
): ShownStatus {
  if (isTerminal(head)) return head.status
  const asked = head.generation?.stopRequested === true || requested.has(attemptKey(head) ?? '')
  return asked ? 'stopping' : head.status
}
