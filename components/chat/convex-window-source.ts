import type { ConvexReactClient } from 'convex/react'
import { api } from '../../convex/_generated/api.js'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { WindowSource } from './chunk-reader.ts'
import type { Chunk } from './reply-text.ts'

export function convexWindowSource(
  client: ConvexReactClient,
  generationId: Id<'generations'>,
  attempt: number,
): WindowSource {
  const args = (from: number): { generationId: Id<'generations'>; attempt: number; from: number } => ({
    generationId,
    attempt,
    from,
  })
  return {
    read: async (from) => await client.query(api.chunks.window, args(from)),
    follow: (from, onRows) => {
      const watch = client.watchQuery(api.chunks.window, args(from))
      const deliver = (): void => {
        const rows: readonly Chunk[] | undefined = watch.localQueryResult()
        if (rows) onRows(rows)
      }
      const stop = watch.onUpdate(deliver)
      // The client calls back on changes only: what it already knows has to be asked for.
      queueMicrotask(deliver)
      return stop
    },
  }
}
