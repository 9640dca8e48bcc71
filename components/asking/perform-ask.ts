import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import type { NamedTab } from '../../protocol/intent.ts'
import type { PreparedSend, QueueEntry } from '../../protocol/intent-queue.ts'
import type { NamedTabAnswer } from '../page-context/read-named-tab.ts'
import type { PageReading, ReadAnswer } from '../page-context/read-page.ts'
import type { AskBackend } from './ask-backend.ts'
import { failureOf } from './failure-of.ts'
import { gatherAgain, gatherContexts } from './gather-contexts.ts'
import type { UnreadPage, Upload } from './gather-contexts.ts'
import type { AskedTask } from './task-of-intent.ts'

export interface AskSteps {
  readonly backend: AskBackend
  /** Aborts when the ask is given up, or its panel ends. */
  readonly signal: AbortSignal
  readPage(tabId: number, askedUrl: string | undefined): Promise<ReadAnswer>
  readTab(tab: NamedTab): Promise<NamedTabAnswer>
  /** Keeps what is about to be sent, for the panel that takes over should this one die. */
  remember(entry: QueueEntry, prepared: PreparedSend): Promise<void>
  /** Told as soon as the page has been read, and when sending begins. */
  onRead(reading: PageReading): void
  onSending(): void
  /** Told when an answer is still being written in this conversation: the question goes when it has ended. */
  onWaiting(): void
  /** Told once the question is stored, before the rest of the page is brought. */
  onSent(sent: SentAsk): void
}

export type SentAsk = Awaited<ReturnType<AskBackend['send']>>

export interface Ask {
  readonly entry: QueueEntry
  readonly asked: AskedTask
  readonly conversationId: string | undefined
  /** A selection that was asked about before: still selected on the page, it is not meant again. */
  readonly usedQuote: string | undefined
}

export type AskOutcome =
  | { readonly ok: true; readonly quote: string | undefined }
  | { readonly ok: false; readonly failure: Failure; readonly unread: readonly UnreadPage[] }

/**
 * From an intent to a stored question: read its pages, stage their snapshots, send, then bring the parts that are
 * missing. The question is stored before the text of its pages, so that it shows at once. Repeating it with the same
 * entry sends once.
 */
export async function performAsk(ask: Ask, steps: AskSteps): Promise<AskOutcome> {
  const { entry, asked } = ask
  const { backend } = steps
  try {
    const gathered = entry.prepared ? await gatherAgain(ask, entry.prepared, steps) : await gatherContexts(ask, steps)
    if (!gathered.ok) return gathered
    steps.onSending()
    if (!entry.prepared) await steps.remember(entry, gathered.prepared)
    const { prepared, uploads } = gathered
    const sent = await sendInTurn(steps, {
      clientMessageId: entry.intent.id,
      ...asked,
      contexts: prepared.contexts.map(contextInput),
      ...(prepared.conversationId === undefined
        ? {}
        : { conversationId: prepared.conversationId as Id<'conversations'> }),
    })
    steps.onSent(sent)
    for (const upload of uploads) await bringParts(upload, backend)
    return { ok: true, quote: prepared.contexts[0]?.quote }
  } catch (error) {
    return { ok: false, failure: failureOf(error), unread: [] }
  }
}

function contextInput({
  snapshotId,
  kind,
  quote,
  quotePrefix,
  quoteSuffix,
  quoteRanges,
}: PreparedSend['contexts'][number]): Parameters<AskBackend['send']>[0]['contexts'][number] {
  return {
    snapshotId: snapshotId as Id<'snapshots'>,
    kind,
    ...(quote === undefined ? {} : { quote }),
    ...(quotePrefix === undefined ? {} : { quotePrefix }),
    ...(quoteSuffix === undefined ? {} : { quoteSuffix }),
    ...(quoteRanges === undefined ? {} : { quoteRanges }),
  }
}

/** A question that comes while an answer is being written waits for its end. */
async function sendInTurn(
  { backend, signal, onWaiting, onSending }: AskSteps,
  question: Parameters<AskBackend['send']>[0],
): Promise<SentAsk> {
  for (;;) {
    try {
      return await backend.send(question)
    } catch (error) {
      if (failureOf(error).code !== 'busy' || question.conversationId === undefined) throw error
    }
    onWaiting()
    await backend.untilIdle(question.conversationId, signal)
    onSending()
  }
}

async function bringParts({ snapshotId, missing, parts }: Upload, backend: AskBackend): Promise<void> {
  for (const order of missing) {
    const text = parts[order]
    if (text !== undefined) await backend.put({ snapshotId, order, text })
  }
}
