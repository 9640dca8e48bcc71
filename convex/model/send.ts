import type { Id } from '../_generated/dataModel.js'
export async function sendMessage(
  ..._: unknown[]
): Promise<{
  conversationId: Id<'conversations'>
  userMessageId: Id<'messages'>
  assistantMessageId: Id<'messages'>
  generationId: Id<'generations'>
}> {
  throw new Error('soon')
}
