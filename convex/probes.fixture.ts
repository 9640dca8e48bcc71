/**
 * What tests look at and put down behind the app's back. The backends of tests/backends/ register these functions as
 * the module `probes`; a file with two dots in its name is none, so they are never deployed.
 */
import { makeFunctionReference, type SystemDataModel } from 'convex/server'
import { v } from 'convex/values'
import type { Doc, Id, TableNames } from './_generated/dataModel.js'
import type { MutationCtx } from './_generated/server.js'
import { internalMutation, internalQuery } from './functions.ts'
import schema from './schema.ts'

const isTable = (name: string): name is TableNames => name in schema.tables

export const rows = internalQuery({
  args: { table: v.string() },
  handler: async (ctx, { table }) => {
    if (!isTable(table)) throw new Error(`there is no table ${table}`)
    return await ctx.db.query(table).collect()
  },
})

/** What is scheduled and neither began nor was cancelled. */
export const jobs = internalQuery({
  args: {},
  handler: async (ctx) => {
    const all = await ctx.db.system.query('_scheduled_functions').collect()
    return all.filter(({ state }) => state.kind === 'pending')
  },
})

/** As when the process died: the scheduler holds the job to be over. */
export const killJob = internalMutation({
  args: { generationId: v.id('generations') },
  handler: async (ctx, { generationId }) => {
    const generation = await ctx.db.get('generations', generationId)
    if (generation?.jobId) await ctx.scheduler.cancel(generation.jobId)
  },
})

/** The flag alone, without what else Stop does. */
export const requestStop = internalMutation({
  args: { generationId: v.id('generations') },
  handler: async (ctx, { generationId }) => await ctx.db.patch('generations', generationId, { stopRequested: true }),
})

/** Removes all rows of these tables. */
export const empty = internalMutation({
  args: { tables: v.array(v.string()) },
  handler: async (ctx, { tables }) => await removeRows(ctx, tables.filter(isTable)),
})

/** Leaves nothing, and nothing scheduled. */
export const clear = internalMutation({
  args: {},
  handler: async (ctx) => {
    await removeRows(ctx, Object.keys(schema.tables).filter(isTable))
    for (const { _id, state } of await ctx.db.system.query('_scheduled_functions').collect()) {
      if (state.kind === 'pending') await ctx.scheduler.cancel(_id)
    }
  },
})

async function removeRows(ctx: MutationCtx, tables: readonly TableNames[]): Promise<void> {
  for (const table of tables) {
    for (const { _id } of await ctx.db.query(table).collect()) await ctx.db.delete(table, _id)
  }
}

type OfGeneration = { generationId: Id<'generations'> }

export const probes = {
  rows: <Table extends TableNames>() => makeFunctionReference<'query', { table: string }, Doc<Table>[]>('probes:rows'),
  jobs: makeFunctionReference<'query', Record<string, never>, Job[]>('probes:jobs'),
  killJob: makeFunctionReference<'mutation', OfGeneration, null>('probes:killJob'),
  requestStop: makeFunctionReference<'mutation', OfGeneration, null>('probes:requestStop'),
  empty: makeFunctionReference<'mutation', { tables: TableNames[] }, null>('probes:empty'),
  clear: makeFunctionReference<'mutation', Record<string, never>, null>('probes:clear'),
}

export type Job = SystemDataModel['_scheduled_functions']['document']
