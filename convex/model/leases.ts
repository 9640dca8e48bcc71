import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { lastChunk } from './chunks.ts'
import { LEASE_MS, LEASE_STEP_MS } from './limits.ts'

/** Says that the action of a generation is alive and has no text to store. Writes at most once every `LEASE_STEP_MS`. */
export async function extendLease(ctx: MutationCtx, generationId: Id<'generations'>): Promise<void> {
  const leaseUntil = Date.now() + LEASE_MS
  const lease = await findLease(ctx, generationId)
  if (!lease) await ctx.db.insert('leases', { generationId, leaseUntil })
  else if (leaseUntil - lease.leaseUntil >= LEASE_STEP_MS) await ctx.db.patch('leases', lease._id, { leaseUntil })
}

export async function removeLease(ctx: MutationCtx, generationId: Id<'generations'>): Promise<void> {
  const lease = await findLease(ctx, generationId)
  if (lease) await ctx.db.delete('leases', lease._id)
}

/** When the lease of a generation ends; 0 when it has none. A chunk is as good a sign of life as a beat. */
export async function leaseEnd(ctx: QueryCtx, { _id, attempt }: Doc<'generations'>): Promise<number> {
  const lease = await findLease(ctx, _id)
  const chunk = await lastChunk(ctx, { generationId: _id, attempt })
  return Math.max(lease?.leaseUntil ?? 0, chunk ? chunk._creationTime + LEASE_MS : 0)
}

async function findLease(ctx: QueryCtx, generationId: Id<'generations'>): Promise<Doc<'leases'> | null> {
  return await ctx.db
    .query('leases')
    .withIndex('by_generation', (q) => q.eq('generationId', generationId))
    .unique()
}
