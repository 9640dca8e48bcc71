import { z } from 'zod'

/**
 * Something a person asked for outside the panel (icon, shortcut, menu) or in it (`ask`), kept until the backend has it.
 * `id` becomes the `clientMessageId`, so that handing one over twice cannot ask twice.
 */
export const intentSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['open', 'summarise', 'ask-selection', 'explain-selection', 'ask']),
  windowId: z.number(),
  /** The tab that was asked about. Absent on a question about no page. */
  tabId: z.number().optional(),
  /** The tab's address when it was asked, where the browser told it: a page that moved on since is another page. */
  url: z.string().optional(),
  selectionText: z.string().optional(),
  /** Of `ask` alone: the question, and the conversation it belongs to (absent: a new one). */
  text: z.string().optional(),
  conversationId: z.string().optional(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
})

export type Intent = z.infer<typeof intentSchema>
