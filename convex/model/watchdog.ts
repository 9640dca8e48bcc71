import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { endGeneration } from './finish.ts'
import { type AttemptKey, currentAttempt } from './generations.ts'
import { jobState, scheduleWatchdog } from './jobs.ts'
import { leaseEnd } from './leases.ts'
import { LEASE_MS, PAGE_WAIT_MS } from './limits.ts'
import { lastPartAt } from './waiting.ts'

/** Ends an attempt whose action died, or whose page never arrived; otherwise comes back. */
export async function watch(ctx: MutationCtx, key: AttemptKey): Promise<void> {
  const current = await currentAttempt(ctx, key)
  if (!current) return
  const { generation, message } = current
  const job = await jobState(ctx, generation)
  if (job === 'none') {
    await watchPage(ctx, generation, message)
    return
  }
  const now = Date.now()
  const end = await leaseEnd(ctx, generation)
  // An action that the scheduler holds to be running gets one lease more: its machine may only be slow.
  const limit = job === 'running' ? end + LEASE_MS : end
  if (job === 'queued' || now < limit) {
    const wait = job === 'queued' ? LEASE_MS : Math.max(limit, now + 1000) - now
    await scheduleWatchdog(ctx, generation._id, generation.attempt, wait)
    return
  }
  await endGeneration(ctx, generation, { kind: 'fail', error: { code: 'interrupted' } })
}

async function watchPage(ctx: MutationCtx, generation: Doc<'generations'>, message: Doc<'messages'>): Promise<void> {
  const parentId = message.parentId
  const waitingSince = Math.max(generation._creationTime, parentId ? await lastPartAt(ctx, parentId) : 0)
  const left = waitingSince + PAGE_WAIT_MS - Date.now()
  // A Continue may wait too, and its generation is old: it gets one whole wait from its own watchdog.
  if (left > 0) await scheduleWatchdog(ctx, generation._id, generation.attempt, left)
  else await endGeneration(ctx, generation, { kind: 'fail', error: { code: 'page_not_received' } })
}

/** Generations handled in one transaction: each may move a long text. */
const BATCH = 20

/** After a restart: ends every generation whose action died with the process. Returns whether more may be left. */
export async function recoverGenerations(ctx: MutationCtx): Promise<boolean> {
  let ended = 0
  for (const status of ['generating', 'pending'] as const) {
    const generations = ctx.db.query('generations').withIndex('by_status', (q) => q.eq('status', status))
    const dead: Doc<'generations'>[] = []
    for await (const generation of generations) {
      if ((await jobState(ctx, generation)) === 'dead') dead.push(generation)
      if (dead.length + ended === BATCH) break
    }
    for (const generation of dead) {
      await endGeneration(ctx, generation, { kind: 'fail', error: { code: 'interrupted' } })
    }
    ended += dead.length
    if (ended === BATCH) return true
  }
  return false
}
