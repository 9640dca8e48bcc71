import type { Id } from '../../convex/_generated/dataModel.js'
import type { ErrorCode, Failure } from '../../protocol/errors.ts'
import type { NamedTab } from '../../protocol/intent.ts'
import type { PreparedSend } from '../../protocol/intent-queue.ts'
import { locateSelection } from '../../protocol/locate-selection.ts'
import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import type { PageReading } from '../page-context/read-page.ts'
import { closedToUs } from '../page-context/restricted-page.ts'
import type { AskBackend, KnownPage } from './ask-backend.ts'
import type { Ask, AskSteps } from './perform-ask.ts'
import { prepareSnapshot } from './prepare-snapshot.ts'
import { selectionOf } from './selection-of.ts'

/** A page that was to go with a question and could not be read. */
export interface UnreadPage {
  readonly tabId: number
  readonly failure: Failure
}

export type Gathered =
  | { readonly ok: true; readonly prepared: PreparedSend; readonly uploads: readonly Upload[] }
  | { readonly ok: false; readonly failure: Failure; readonly unread: readonly UnreadPage[] }

/** The parts of a staged snapshot that the backend does not have yet. */
export interface Upload {
  readonly snapshotId: Id<'snapshots'>
  readonly missing: readonly number[]
  readonly parts: readonly string[]
}

type Context = PreparedSend['contexts'][number]

interface Read {
  readonly name: 'read'
  readonly reading: PageReading
  readonly beside: boolean
}

/** A page of a question that was read now; the pages that stand for it, which the conversation has; or neither. */
type Source =
  | Read
  | { readonly name: 'known'; readonly pages: readonly KnownPage[] }
  | { readonly name: 'unread'; readonly page: UnreadPage }

/**
 * Reads what a question is about, the page beside the panel first and then the tabs in the order they were named, and
 * stages it. A page that cannot be read is never left out silently: then nothing is prepared, and each is named.
 */
export async function gatherContexts(ask: Ask, steps: AskSteps): Promise<Gathered> {
  const { intent } = ask.entry
  const beside = intent.tabId === undefined ? [] : [readBeside(ask, steps, intent.tabId)]
  const named = otherTabs(ask).map(async (tab) => await readNamed(tab, steps))
  const sources = await Promise.all([...beside, ...named])

  const unread = sources.flatMap((source) => (source.name === 'unread' ? [source.page] : []))
  if (unread[0]) return { ok: false, failure: unread[0].failure, unread: named.length === 0 ? [] : unread }

  const { document } = intent
  const contexts: Context[] = document ? [{ snapshotId: document.snapshotId, kind: 'pdf' }] : []
  const uploads: Upload[] = []
  for (const source of sources) {
    if (source.name === 'unread') continue
    const upload = source.name === 'read' ? await stage(source.reading, steps.backend) : undefined
    const pages = source.name === 'known' ? source.pages : readContexts(ask, source, upload?.snapshotId)
    // Two tabs of one page: the same text once.
    const more = pages.filter(({ snapshotId }) => !contexts.some((context) => context.snapshotId === snapshotId))
    if (upload && !uploads.some(({ snapshotId }) => snapshotId === upload.snapshotId)) uploads.push(upload)
    contexts.push(...more)
  }
  return { ok: true, prepared: { conversationId: ask.conversationId, contexts }, uploads }
}

function readContexts(ask: Ask, { reading, beside }: Read, snapshotId: string | undefined): readonly Context[] {
  if (snapshotId === undefined) return []
  if (!beside) return [{ snapshotId, kind: 'tab' }]
  const quote = quoteFields(ask, reading)
  return [{ snapshotId, kind: quote.quote === undefined ? kindOf(reading) : 'selection', ...quote }]
}

/** What was read where a page would be is named as what it is. */
function kindOf({ page: { method } }: PageReading): 'page' | 'pdf' | 'transcript' {
  return method === 'pdf' || method === 'transcript' ? method : 'page'
}

/** A taken-over ask is sent as it was prepared; its pages are read again only to bring parts that never arrived. */
export async function gatherAgain(ask: Ask, prepared: PreparedSend, steps: AskSteps): Promise<Gathered> {
  const { tabId, url } = ask.entry.intent
  const beside = tabId === undefined ? [] : [steps.readPage(tabId, url)]
  const uploads: Upload[] = []
  for (const answer of await Promise.all([...beside, ...otherTabs(ask).map(async (tab) => await steps.readTab(tab))])) {
    const upload = answer.ok ? await stage(answer.reading, steps.backend) : undefined
    if (upload && prepared.contexts.some(({ snapshotId }) => snapshotId === upload.snapshotId)) uploads.push(upload)
  }
  return { ok: true, prepared, uploads }
}

/** The tabs that were named, each once, and not the one beside the panel again. */
function otherTabs({ entry }: Ask): readonly NamedTab[] {
  const { tabId, tabs = [] } = entry.intent
  const seen = new Set([tabId])
  return tabs.filter((tab) => !seen.has(tab.tabId) && seen.add(tab.tabId))
}

async function readBeside(ask: Ask, steps: AskSteps, tabId: number): Promise<Source> {
  const { entry, conversationId } = ask
  const answer = await steps.readPage(tabId, entry.intent.url)
  if (answer.ok) {
    if (entry.intent.kind === 'explain-selection' && !selectionOf(ask, answer.reading)) {
      return { name: 'unread', page: { tabId, failure: { code: 'selection_empty' } } }
    }
    steps.onRead(answer.reading)
    return { name: 'read', reading: answer.reading, beside: true }
  }
  // A follow-up question goes on about the pages the conversation has already.
  const known = entry.intent.kind === 'ask' && closedToUs.has(answer.code) && conversationId !== undefined
  const pages = known ? await lastPages(ask, conversationId, steps.backend) : []
  return pages.length === 0
    ? { name: 'unread', page: { tabId, failure: { code: afterGesture(entry.intent, answer.code) } } }
    : { name: 'known', pages }
}

/** As many as there is room for beside what is named anew. What was selected then is not meant again. */
async function lastPages(ask: Ask, conversationId: string, backend: AskBackend): Promise<readonly KnownPage[]> {
  const pages = await backend.lastPages(conversationId as Id<'conversations'>)
  const room = MAX_CONTEXTS - otherTabs(ask).length - (ask.entry.intent.document ? 1 : 0)
  return pages
    .slice(0, Math.max(1, room))
    .map(({ snapshotId, kind }) => ({ snapshotId, kind: kind === 'selection' ? 'page' : kind }))
}

/** After a gesture the browser tells the address of any page that it lets an extension read. */
function afterGesture({ byGesture, url }: Ask['entry']['intent'], code: ErrorCode): ErrorCode {
  return code === 'page_no_permission' && byGesture === true && url === undefined ? 'page_unknown' : code
}

async function readNamed(tab: NamedTab, steps: AskSteps): Promise<Source> {
  const answer = await steps.readTab(tab)
  return answer.ok
    ? { name: 'read', reading: answer.reading, beside: false }
    : { name: 'unread', page: { tabId: tab.tabId, failure: answer.failure } }
}

async function stage({ page }: PageReading, backend: AskBackend): Promise<Upload> {
  const { begin, parts } = await prepareSnapshot(page)
  return { ...(await backend.begin(begin)), parts }
}

function quoteFields(ask: Ask, reading: PageReading): Partial<Context> {
  const selection = selectionOf(ask, reading)
  if (!selection) return {}
  const quoteRanges = locateSelection(reading.page.text, selection.parts)
  return {
    quote: selection.text,
    quotePrefix: selection.parts[0]?.prefix,
    quoteSuffix: selection.parts.at(-1)?.suffix,
    ...(quoteRanges.length > 0 ? { quoteRanges } : {}),
  }
}
