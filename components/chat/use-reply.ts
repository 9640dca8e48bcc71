import { useConvex, useQuery_experimental as useQueryResult } from 'convex/react'
import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react'
import { api } from '../../convex/_generated/api.js'
import { ChunkReader } from './chunk-reader.ts'
import { convexWindowSource } from './convex-window-source.ts'
import { isTerminal } from './message-head.ts'
import type { MessageHead } from './message-head.ts'
import { nothingHeld, replyText } from './reply-text.ts'
import type { HeldText } from './reply-text.ts'

// Outlive a client that is replaced: what was read and shown is not read again, and not taken back.
const heldByAttempt = new Map<string, HeldText>()
const shownByGeneration = new Map<string, string>()

const noSubscription = (): (() => void) => () => undefined
const noHeldText = (): undefined => undefined

export interface LiveReply {
  readonly text: string
  /** Whether the current attempt has written anything yet. */
  readonly begun: boolean
}

/** A reply, live while it is written. */
export function useReply(head: MessageHead): LiveReply {
  const client = useConvex()
  const terminal = isTerminal(head)
  const { _id: generationId, attempt, fromSeq } = head.generation ?? {}

  const reader = useMemo(() => {
    if (terminal || generationId === undefined || attempt === undefined || fromSeq === undefined) return undefined
    const held = heldByAttempt.get(`${generationId}:${attempt}`) ?? nothingHeld(fromSeq)
    return new ChunkReader(convexWindowSource(client, generationId, attempt), held)
  }, [client, terminal, generationId, attempt, fromSeq])
  const held = useSyncExternalStore(reader?.subscribe ?? noSubscription, reader?.held ?? noHeldText)

  const parts = useQueryResult({
    query: api.messages.parts,
    args: terminal && head.partCount > 0 ? { messageId: head._id } : 'skip',
  })
  const rest = parts.status === 'success' ? parts.data.map(({ text }) => text).join('') : undefined

  const text = replyText({
    terminal,
    content: head.content,
    partCount: head.partCount,
    rest,
    held,
    shown: shownByGeneration.get(generationId ?? '') ?? '',
  })

  useLayoutEffect(() => {
    if (generationId === undefined) return
    shownByGeneration.set(generationId, text)
    if (held) heldByAttempt.set(`${generationId}:${attempt}`, held)
  }, [generationId, attempt, text, held])

  return { text, begun: held !== undefined && held.text !== '' }
}
