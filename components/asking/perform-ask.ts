import type { Id } from '../../convex/_generated/dataModel.js'
import type { ErrorCode, Failure } from '../../protocol/errors.ts'
import type { PreparedSend, QueueEntry } from '../../protocol/intent-queue.ts'
import type { PageReading, ReadAnswer } from '../page-context/read-page.ts'
import type { AskBackend } from './ask-backend.ts'
import { failureOf } from './failure-of.ts'
import { prepareSnapshot } from './prepare-snapshot.ts'
import type { AskedTask } from './task-of-intent.ts'

export interface AskSteps {
  readonly backend: AskBackend
  /** Aborts when the ask is given up, or its panel ends. */
  readonly signal: AbortSignal
  readPage(tabId: number, askedUrl: string | undefined): Promise<ReadAnswer>
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
  | { readonly ok: false; readonly failure: Failure }

/** In these cases a follow-up question goes on about the page the conversation has already. */
const unreadable: ReadonlySet<ErrorCode> = new Set(['page_no_permission', 'page_restricted'])

interface Gathered {
  readonly prepared: PreparedSend
  readonly upload: Upload | undefined
}

/** The parts of a staged snapshot that the backend does not have yet. */
interface Upload {
  readonly snapshotId: Id<'snapshots'>
  readonly missing: readonly number[]
  readonly parts: readonly string[]
}

/**
 * From an intent to a stored question: read the page, stage its snapshot, send, then bring the parts that are missing.
 * The question is stored before the page's text, so that it shows at once. Repeating it with the same entry sends once.
 */
export async function performAsk(ask: Ask, steps: AskSteps): Promise<AskOutcome> {
  const { entry, asked } = ask
  const { backend } = steps
  try {
    const gathered = entry.prepared ? await gatherAgain(ask, entry.prepared, steps) : await gather(ask, steps)
    if ('code' in gathered) return { ok: false, failure: gathered }
    steps.onSending()
    if (!entry.prepared) await steps.remember(entry, gathered.prepared)
    const { prepared, upload } = gathered
    const sent = await sendInTurn(steps, {
      clientMessageId: entry.intent.id,
      ...asked,
      contexts: prepared.contexts.map(({ snapshotId, kind, quote }) => ({
        snapshotId: snapshotId as Id<'snapshots'>,
        kind,
        ...(quote === undefined ? {} : { quote }),
      })),
      ...(prepared.conversationId === undefined
        ? {}
        : { conversationId: prepared.conversationId as Id<'conversations'> }),
    })
    steps.onSent(sent)
    if (upload) await bringParts(upload, backend)
    return { ok: true, quote: prepared.contexts[0]?.quote }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
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

async function gather(ask: Ask, steps: AskSteps): Promise<Gathered | Failure> {
  const { entry, conversationId } = ask
  const { tabId, url } = entry.intent
  if (tabId === undefined) return { prepared: { conversationId, contexts: [] }, upload: undefined }

  const answer = await steps.readPage(tabId, url)
  if (!answer.ok) {
    const known = entry.intent.kind === 'ask' && unreadable.has(answer.code) && conversationId !== undefined
    const snapshotId = known ? await steps.backend.lastSnapshot(conversationId as Id<'conversations'>) : undefined
    if (snapshotId === undefined) return { code: answer.code }
    return { prepared: { conversationId, contexts: [{ snapshotId, kind: 'page' }] }, upload: undefined }
  }

  const quote = quoteOf(ask, answer.reading)
  if (entry.intent.kind === 'explain-selection' && quote === undefined) return { code: 'selection_empty' }
  steps.onRead(answer.reading)
  const upload = await stage(answer.reading, steps.backend)
  const context = {
    snapshotId: upload.snapshotId,
    kind: quote === undefined ? ('page' as const) : ('selection' as const),
    quote,
  }
  return { prepared: { conversationId, contexts: [context] }, upload }
}

/** A taken-over ask is sent as it was prepared; the page is read again only to bring parts that never arrived. */
async function gatherAgain({ entry }: Ask, prepared: PreparedSend, steps: AskSteps): Promise<Gathered> {
  const { tabId, url } = entry.intent
  if (tabId === undefined || prepared.contexts.length === 0) return { prepared, upload: undefined }
  const answer = await steps.readPage(tabId, url)
  const upload = answer.ok ? await stage(answer.reading, steps.backend) : undefined
  const same = prepared.contexts.some(({ snapshotId }) => snapshotId === upload?.snapshotId)
  return { prepared, upload: same ? upload : undefined }
}

async function stage({ page }: PageReading, backend: AskBackend): Promise<Upload> {
  const { begin, parts } = await prepareSnapshot(page)
  return { ...(await backend.begin(begin)), parts }
}

async function bringParts({ snapshotId, missing, parts }: Upload, backend: AskBackend): Promise<void> {
  for (const order of missing) {
    const text = parts[order]
    if (text !== undefined) await backend.put({ snapshotId, order, text })
  }
}

function quoteOf({ entry, usedQuote }: Ask, { selection }: PageReading): string | undefined {
  const { kind, selectionText } = entry.intent
  if (kind === 'summarise') return undefined
  if (kind === 'explain-selection') return selection?.text ?? selectionText
  if (selectionText !== undefined) return selectionText
  return selection?.text === usedQuote ? undefined : selection?.text
}
