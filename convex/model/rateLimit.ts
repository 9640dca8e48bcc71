import { MINUTE, RateLimiter } from '@convex-dev/rate-limiter'
import { components } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import type { MutationCtx } from '../_generated/server.js'
import { fail } from './failure.ts'
import { SENDS_AT_ONCE, SENDS_PER_MINUTE } from './limits.ts'

const limiter = new RateLimiter(components.rateLimiter, {
  answers: { kind: 'token bucket', rate: SENDS_PER_MINUTE, period: MINUTE, capacity: SENDS_AT_ONCE },
})

/**
 * Refuses an answer beyond the limit, with the seconds to wait. Sending, retrying and continuing each take one from the
 * person's bucket, in the same transaction: a mutation that fails takes nothing. The passes over a long page are one
 * answer.
 */
export async function requireSendAllowance(ctx: MutationCtx, userId: Id<'users'>): Promise<void> {
  const status = await limiter.limit(ctx, 'answers', { key: userId })
  if (!status.ok) fail('rate_limited', String(Math.ceil(status.retryAfter / 1000)))
}
