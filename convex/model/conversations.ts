import type { PaginationResult } from 'convex/server'
import type { ConversationHead } from '../validators.ts'
export async function listConversations(..._: unknown[]): Promise<PaginationResult<ConversationHead>> {
  throw new Error('soon')
}
export async function readConversation(..._: unknown[]): Promise<ConversationHead> {
  throw new Error('soon')
}
export async function renameConversation(..._: unknown[]): Promise<null> {
  throw new Error('soon')
}
export async function removeConversation(..._: unknown[]): Promise<null> {
  throw new Error('soon')
}
