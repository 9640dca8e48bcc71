import type { Id } from '../_generated/dataModel.js'
export async function stopReply(..._: unknown[]): Promise<null> {
  throw new Error('soon')
}
export async function continueReply(..._: unknown[]): Promise<null> {
  throw new Error('soon')
}
export async function retryReply(..._: unknown[]): Promise<{ generationId: Id<'generations'> }> {
  throw new Error('soon')
}
