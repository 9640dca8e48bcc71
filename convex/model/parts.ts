export async function listParts(..._: unknown[]): Promise<{ order: number; text: string }[]> {
  throw new Error('soon')
}
