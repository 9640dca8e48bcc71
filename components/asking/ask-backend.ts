import type { ConvexReactClient } from 'convex/react'
import type { FunctionArgs, FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import { untilIdle } from './until-idle.ts'

/** A page that a conversation has already. */
export type KnownPage = Pick<FunctionArgs<typeof api.messages.send>['contexts'][number], 'snapshotId' | 'kind'>

/** The backend functions that asking needs. */
export interface AskBackend {
  begin(args: FunctionArgs<typeof api.snapshots.begin>): Promise<FunctionReturnType<typeof api.snapshots.begin>>
  put(args: FunctionArgs<typeof api.snapshots.put>): Promise<unknown>
  send(args: FunctionArgs<typeof api.messages.send>): Promise<FunctionReturnType<typeof api.messages.send>>
  /** Resolves once no answer is being written in the conversation; rejects when `signal` aborts. */
  untilIdle(conversationId: Id<'conversations'>, signal: AbortSignal): Promise<void>
  /** The pages the conversation last talked about, none before its first. */
  lastPages(conversationId: Id<'conversations'>): Promise<readonly KnownPage[]>
}

export function convexAskBackend(client: ConvexReactClient): AskBackend {
  return {
    begin: async (args) => await client.mutation(api.snapshots.begin, args),
    put: async (args) => await client.mutation(api.snapshots.put, args),
    send: async (args) => await client.mutation(api.messages.send, args),
    untilIdle: async (conversationId, signal) => await untilIdle(client, conversationId, signal),
    lastPages: async (conversationId) => {
      const heads = await client.query(api.messages.list, { conversationId })
      const last = heads.findLast(({ contexts }) => contexts.length > 0)?.contexts ?? []
      return last.map(({ snapshotId, kind }) => ({ snapshotId, kind }))
    },
  }
}
