import type { FunctionReturnType } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'

export type MessageHead = FunctionReturnType<typeof api.messages.list>[number]
export type MessageContext = MessageHead['contexts'][number]

/** The states in which a reply ends. Only Retry and Continue leave them. */
export function isTerminal({ status }: Pick<MessageHead, 'status'>): boolean {
  return status === 'complete' || status === 'stopped' || status === 'error'
}
