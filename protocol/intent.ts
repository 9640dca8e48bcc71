import { z } from './quiet-zod.ts'

/** A tab that a person named, with what the browser told about it then: one that moved on since is another page. */
export const namedTabSchema = z.object({ tabId: z.number(), url: z.string().optional(), title: z.string().optional() })

export type NamedTab = z.infer<typeof namedTabSchema>

/**
 * Something a person asked for outside the panel (icon, shortcut, menu) or in it (`ask`), kept until the backend has it.
 * `id` becomes the `clientMessageId`, so that handing one over twice cannot ask twice.
 */
export const intentSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['open', 'summarise', 'ask-selection', 'explain-selection', 'ask', 'compare']),
  windowId: z.number(),
  /** The tab that was asked about. Absent on a question about no page. */
  tabId: z.number().optional(),
  /** The tab's address when it was asked, where the browser told it: a page that moved on since is another page. */
  url: z.string().optional(),
  /** Made by a gesture that grants the page: one that stays closed after it opens to nobody. */
  byGesture: z.boolean().optional(),
  selectionText: z.string().optional(),
  /** Other tabs that the question is about, in the order they were named. */
  tabs: z.array(namedTabSchema).optional(),
  /** A document from the disk, staged already, that the question is about instead of the page beside the panel. */
  document: z.object({ snapshotId: z.string(), title: z.string() }).optional(),
  /** Of `ask` and `compare` alone: the question (of `ask`), and the conversation it belongs to (absent: a new one). */
  text: z.string().optional(),
  conversationId: z.string().optional(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
})

export type Intent = z.infer<typeof intentSchema>
