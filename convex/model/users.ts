import type { Doc } from '../_generated/dataModel.js'
import type { MutationCtx, QueryCtx } from '../_generated/server.js'
import { fail } from './failure.ts'

/** The caller's row, or null when they have none yet. Throws `not_signed_in` without a verified identity. */
export async function findCurrentUser(ctx: QueryCtx): Promise<Doc<'users'> | null> {
  const identity = await requireIdentity(ctx)
  return await findByToken(ctx, identity.tokenIdentifier)
}

export async function getCurrentUserOrCreate(ctx: MutationCtx): Promise<Doc<'users'>> {
  const identity = await requireIdentity(ctx)
  const existing = await findByToken(ctx, identity.tokenIdentifier)
  if (existing) return existing
  const id = await ctx.db.insert('users', {
    tokenIdentifier: identity.tokenIdentifier,
    ...(identity.name === undefined ? {} : { name: identity.name }),
    ...(identity.email === undefined ? {} : { email: identity.email }),
  })
  const created = await ctx.db.get('users', id)
  if (!created) throw new Error('a user row vanished inside the transaction that wrote it')
  return created
}

async function requireIdentity(ctx: QueryCtx) {
  const identity = await ctx.auth.getUserIdentity()
  return identity ?? fail('not_signed_in')
}

async function findByToken(ctx: QueryCtx, tokenIdentifier: string): Promise<Doc<'users'> | null> {
  return await ctx.db
    .query('users')
    .withIndex('by_token', (q) => q.eq('tokenIdentifier', tokenIdentifier))
    .unique()
}
