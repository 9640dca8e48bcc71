import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { fail } from './failure.ts'
import { SENDS_PER_MINUTE } from './limits.ts'

const MINUTE = 60_000

/**
 * Refuses an answer beyond the limit. The generation row that the same mutation goes on to write is what is counted,
 * so that counting and spending are one transaction.
 */
export async function requireSendAllowance(ctx: MutationCtx, userId: Id<'users'>): Promise<void> {
  const now = Date.now()
  const recent = await ctx.db
    .query('generations')
    .withIndex('by_user', (q) => q.eq('userId', userId).gt('_creationTime', now - MINUTE))
    .take(SENDS_PER_MINUTE)
  const oldest = recent[0]
  if (!oldest || recent.length < SENDS_PER_MINUTE) return
  const seconds = Math.ceil((oldest._creationTime + MINUTE - now) / 1000)
  fail('rate_limited', String(Math.min(60, Math.max(1, seconds))))
}
