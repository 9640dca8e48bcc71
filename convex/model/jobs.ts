import { internal } from '../_generated/api.js'
import type { Doc, Id } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { extendLease } from './leases.ts'
import { LEASE_MS, PAGE_WAIT_MS } from './limits.ts'

/** Starts the action of a generation's current attempt, and the watchdog over it. */
export async function scheduleRun(
  ctx: MutationCtx,
  generationId: Id<'generations'>,
  attempt: number,
): Promise<Id<'_scheduled_functions'>> {
  const jobId = await ctx.scheduler.runAfter(0, internal.generation.run, { generationId, attempt })
  await extendLease(ctx, generationId)
  await scheduleWatchdog(ctx, generationId, attempt, LEASE_MS)
  return jobId
}

/** Watches a question whose page has not arrived yet. */
export async function schedulePageWatch(
  ctx: MutationCtx,
  generationId: Id<'generations'>,
  attempt: number,
): Promise<void> {
  await scheduleWatchdog(ctx, generationId, attempt, PAGE_WAIT_MS)
}

export async function scheduleWatchdog(
  ctx: MutationCtx,
  generationId: Id<'generations'>,
  attempt: number,
  afterMs: number,
): Promise<void> {
  await ctx.scheduler.runAfter(afterMs, internal.generations.watchdog, { generationId, attempt })
}

/** `queued`: will run. `running`: the scheduler believes it runs. `dead`: it ended, or is gone. `none`: not scheduled. */
export type JobState = 'queued' | 'running' | 'dead' | 'none'

export async function jobState(ctx: QueryCtx, { jobId }: Doc<'generations'>): Promise<JobState> {
  if (!jobId) return 'none'
  const job = await ctx.db.system.get('_scheduled_functions', jobId)
  if (job?.state.kind === 'pending') return 'queued'
  return job?.state.kind === 'inProgress' ? 'running' : 'dead'
}
