import type { Id } from '../_generated/dataModel.js'
export async function beginSnapshot(..._: unknown[]): Promise<{ snapshotId: Id<'snapshots'>; missing: number[] }> {
  throw new Error('soon')
}
export async function putPart(..._: unknown[]): Promise<{ complete: boolean }> {
  throw new Error('soon')
}
