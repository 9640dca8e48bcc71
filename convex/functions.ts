/**
 * The only file that imports Convex's raw builders. Every public function is made by `userQuery` or `userMutation`,
 * which resolve the caller before the handler runs; identity never comes from an argument.
 */
import { customMutation, customQuery } from 'convex-helpers/server/customFunctions'
import {
  httpAction as rawHttpAction,
  internalAction as rawInternalAction,
  internalMutation as rawInternalMutation,
  internalQuery as rawInternalQuery,
  mutation,
  query,
} from './_generated/server.js'
import { findCurrentUser, getCurrentUserOrCreate } from './model/users.ts'

/** `ctx.userId` is null for a signed-in person who has no row yet: they have no data. */
export const userQuery = customQuery(query, {
  args: {},
  input: async (ctx) => ({ ctx: { userId: (await findCurrentUser(ctx))?._id ?? null }, args: {} }),
})

export const userMutation = customMutation(mutation, {
  args: {},
  input: async (ctx) => ({ ctx: { userId: (await getCurrentUserOrCreate(ctx))._id }, args: {} }),
})

export const internalQuery = rawInternalQuery
export const internalMutation = rawInternalMutation
export const internalAction = rawInternalAction

/** For endpoints that come before sign-in; each says how it protects itself. */
export const openHttpAction = rawHttpAction
