export async function readWindow(..._: unknown[]): Promise<{ seq: number; text: string }[]> {
  throw new Error('soon')
}
