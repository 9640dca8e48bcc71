import { useQuery_experimental as useQueryResult } from 'convex/react'
import { useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import { readingFailure } from '../connection/reading-failure.ts'
import type { MessageHead } from './message-head.ts'

export type Heads =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly heads: readonly MessageHead[] }
  | { readonly name: 'failed'; readonly failure: Failure }

interface Kept {
  readonly conversationId: Id<'conversations'>
  readonly heads: readonly MessageHead[]
}

/** The messages of a conversation, live. What was shown stays while a new connection has not answered yet. */
export function useHeads(conversationId: Id<'conversations'> | undefined): Heads {
  const result = useQueryResult({
    query: api.messages.list,
    args: conversationId === undefined ? 'skip' : { conversationId },
  })
  const data = result.status === 'success' ? result.data : undefined
  const [kept, setKept] = useState<Kept>()

  if (data && conversationId !== undefined && data !== kept?.heads) setKept({ conversationId, heads: data })

  if (conversationId === undefined) return { name: 'ready', heads: [] }
  if (data) return { name: 'ready', heads: data }
  const failure = result.status === 'error' ? readingFailure(result.error) : undefined
  if (failure?.code === 'not_found') return { name: 'failed', failure }
  if (kept?.conversationId === conversationId) return { name: 'ready', heads: kept.heads }
  return failure ? { name: 'failed', failure } : { name: 'loading' }
}
