import { useConvex, useQuery_experimental as useQueryResult } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import { useEffect, useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import { readingFailure } from '../connection/reading-failure.ts'

export type KeptPage =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly head: SnapshotHead; readonly text: string }
  | { readonly name: 'failed'; readonly failure: Failure }

export type SnapshotHead = FunctionReturnType<typeof api.snapshots.get>

/** A snapshot with its whole text. It never changes, so that its parts are read once. */
export function useKeptPage(snapshotId: Id<'snapshots'>): KeptPage {
  const client = useConvex()
  const result = useQueryResult({ query: api.snapshots.get, args: { snapshotId } })
  const head = result.status === 'success' ? result.data : undefined
  const partCount = head?.partCount
  const [read, setRead] = useState<{ readonly snapshotId: string; readonly text: string }>()
  const [failure, setFailure] = useState<Failure>()

  useEffect(() => {
    if (partCount === undefined) return undefined
    const life = new AbortController()
    const load = async (): Promise<void> => {
      try {
        const orders = Array.from({ length: partCount }, (_, order) => order)
        const parts = await Promise.all(
          orders.map(async (order) => await client.query(api.snapshots.part, { snapshotId, order })),
        )
        if (!life.signal.aborted) setRead({ snapshotId, text: parts.join('') })
      } catch (error) {
        if (!life.signal.aborted) setFailure(readingFailure(error instanceof Error ? error : new Error(String(error))))
      }
    }
    void load()
    return () => life.abort()
  }, [client, snapshotId, partCount])

  if (result.status === 'error') return { name: 'failed', failure: readingFailure(result.error) }
  if (failure) return { name: 'failed', failure }
  return head && read?.snapshotId === snapshotId ? { name: 'ready', head, text: read.text } : { name: 'loading' }
}
