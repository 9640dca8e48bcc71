import type { MessageHead } from '../validators.ts'
export async function listHeads(..._: unknown[]): Promise<MessageHead[]> {
  throw new Error('soon')
}
