import { z } from './quiet-zod.ts'
import { intentSchema } from './intent.ts'

/** What was worked out for an intent before it was handed to the backend: a repeat sends exactly this again. */
const preparedSchema = z.object({
  conversationId: z.string().optional(),
  contexts: z.array(
    z.object({
      snapshotId: z.string(),
      kind: z.enum(['page', 'selection', 'tab', 'pdf', 'transcript']),
      quote: z.string().optional(),
      quotePrefix: z.string().optional(),
      quoteSuffix: z.string().optional(),
      quoteRanges: z.array(z.object({ start: z.number(), end: z.number() })).optional(),
    }),
  ),
})

export const queueEntrySchema = z.object({
  intent: intentSchema,
  /** The panel that is handling it. A panel that is gone holds nothing. */
  claimedBy: z.string().optional(),
  prepared: preparedSchema.optional(),
})

export type PreparedSend = z.infer<typeof preparedSchema>
export type QueueEntry = z.infer<typeof queueEntrySchema>

export interface QueueView {
  readonly panelId: string
  readonly windowId: number
  readonly livePanels: ReadonlySet<string>
  readonly openWindows: ReadonlySet<number>
}

/**
 * The oldest entry this panel may handle: meant for its window, or for a window that is closed, and held by no panel that
 * is still alive (this one included: it handles an entry once).
 */
export function nextClaim(entries: readonly QueueEntry[], view: QueueView): QueueEntry | undefined {
  return entries
    .filter(({ intent, claimedBy }) => {
      const ours = intent.windowId === view.windowId || !view.openWindows.has(intent.windowId)
      return ours && (claimedBy === undefined || !view.livePanels.has(claimedBy))
    })
    .toSorted((a, b) => a.intent.createdAt - b.intent.createdAt)
    .at(0)
}
