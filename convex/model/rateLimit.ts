import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { fail } from './failure.ts'
import { SENDS_PER_MINUTE } from './limits.ts'

const MINUTE = 60_000

/**
 * Refuses an answer beyond the limit. The generation row that the same mutation goes on to write is what is counted,
 * so that counting and spending are one transaction. Continue writes none: what it spends shows in the usage of the
 * attempts that ended; the passes over a long page are one answer.
 */
export async function requireSendAllowance(ctx: MutationCtx, userId: Id<'users'>): Promise<void> {
  const now = Date.now()
  const begun = await ctx.db
    .query('generations')
    .withIndex('by_user', (q) => q.eq('userId', userId).gt('_creationTime', now - MINUTE))
    .take(SENDS_PER_MINUTE)
  const ended = await ctx.db
    .query('usageRecords')
    .withIndex('by_user_pass', (q) =>
      q
        .eq('userId', userId)
        .eq('pass', undefined)
        .gt('_creationTime', now - MINUTE),
    )
    .take(SENDS_PER_MINUTE)
  const oldest = [begun, ended].find((rows) => rows.length === SENDS_PER_MINUTE)?.[0]
  if (!oldest) return
  const seconds = Math.ceil((oldest._creationTime + MINUTE - now) / 1000)
  fail('rate_limited', String(Math.min(60, Math.max(1, seconds))))
}
