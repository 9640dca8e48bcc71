import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import { enqueueIntent } from '../../protocol/enqueue-intent.ts'
import type { Intent } from '../../protocol/intent.ts'
import type { QueueEntry } from '../../protocol/intent-queue.ts'
import {
  announcePanel,
  claimIntent,
  rememberPrepared,
  settleIntent,
  watchIntents,
} from '../../protocol/intent-store.ts'
import type { Panel } from '../../protocol/intent-store.ts'
import type { DraftStore, Quote } from '../composer/draft.ts'
import type { PanelView, View } from '../history/panel-view.ts'
import { readNamedTab } from '../page-context/read-named-tab.ts'
import { readPage } from '../page-context/read-page.ts'
import type { PageReading } from '../page-context/read-page.ts'
import { samePage } from '../../page/same-page.ts'
import type { TabWatch } from '../page-context/tab-watch.ts'
import { Store } from '../ui/store.ts'
import type { AskBackend } from './ask-backend.ts'
import type { UnreadPage } from './gather-contexts.ts'
import { performAsk } from './perform-ask.ts'
import type { AskOutcome } from './perform-ask.ts'
import { taskOfIntent } from './task-of-intent.ts'
import type { AskedTask } from './task-of-intent.ts'

/** A question on its way to the backend: shown before it is stored. */
export interface PendingAsk extends AskedTask {
  readonly id: string
  readonly kind: Intent['kind']
  readonly viewKey: string
  readonly quote: string | undefined
  /** How many pages it reads. */
  readonly pages: number
  readonly phase: 'reading' | 'waiting' | 'sending' | 'sent'
  readonly startedAt: number
}

export interface FailedAsk {
  readonly id: string
  readonly kind: Intent['kind']
  readonly viewKey: string
  readonly failure: Failure
  /** The pages that could not be read, when the question was about several: it can be asked without them. */
  readonly unread: readonly UnreadPage[]
}

export interface DeskState {
  readonly pending: readonly PendingAsk[]
  readonly failed: FailedAsk | undefined
  /** The page that was read last. */
  readonly reading: PageReading | undefined
}

/** What belongs to the panel and outlives a change of backend. */
export interface PanelParts {
  readonly windowId: number
  readonly view: PanelView
  readonly draft: DraftStore
  readonly tab: TabWatch
  focusComposer(): void
}

export interface DeskBackend extends AskBackend {
  stop(messageId: Id<'messages'>): Promise<unknown>
}

/** The ask being handled, or handled last. */
interface CurrentAsk {
  readonly id: string
  readonly giveUp: AbortController
  /** The message that answers it, once it is stored. */
  answerId: Id<'messages'> | undefined
}

interface AskView {
  readonly key: string
  readonly conversationId: string | undefined
  /** What was shown before this ask began a new conversation: shown again should it fail. */
  readonly before?: View
}

function pendingAsk(intent: Intent, asked: AskedTask, viewKey: string): PendingAsk {
  const pages = (intent.tabId === undefined ? 0 : 1) + (intent.tabs?.length ?? 0)
  return {
    ...asked,
    id: intent.id,
    kind: intent.kind,
    viewKey,
    quote: intent.kind === 'summarise' ? undefined : intent.selectionText,
    pages,
    phase: pages === 0 ? 'sending' : 'reading',
    startedAt: intent.createdAt,
  }
}

function quoteOf({ selectionText: text, tabId, url }: Intent): Quote | undefined {
  return text === undefined || tabId === undefined ? undefined : { text, tabId, url }
}

/** Handles what was asked, from menus, shortcuts and the composer alike: one at a time, in the order it was asked. */
export class AskingDesk extends Store<DeskState> {
  readonly #panel: Panel
  readonly #parts: PanelParts
  readonly #backend: DeskBackend
  #signal = new AbortController().signal
  #current: CurrentAsk | undefined
  /** Given up before their turn came. */
  readonly #dropped = new Set<string>()
  #usedQuote: string | undefined
  /** A document from the disk that questions from this panel are about. */
  #document: Intent['document']
  #draining = false
  #again = false

  constructor(parts: PanelParts, backend: DeskBackend) {
    super({ pending: [], failed: undefined, reading: undefined })
    this.#panel = { panelId: crypto.randomUUID(), windowId: parts.windowId }
    this.#parts = parts
    this.#backend = backend
  }

  /** Begins to take intents; goes on until the signal aborts. */
  async start(signal: AbortSignal): Promise<void> {
    this.#signal = signal
    await announcePanel(this.#panel.panelId, this.#signal)
    watchIntents(() => void this.#drain(), this.#signal)
    await this.#drain()
  }

  /** Takes an ask from the panel itself: shown from this moment on, so that a second press finds it under way. */
  submit(pressed: Intent): void {
    const page = this.#parts.draft.get().attached ? {} : { tabId: undefined, url: undefined }
    const intent = this.#document ? { ...pressed, ...page, document: this.#document } : pressed
    const asked = taskOfIntent(intent)
    if (!asked) return
    const shown = pendingAsk(intent, asked, this.#parts.view.get().key)
    this.#show(shown)
    void this.#enqueue(intent, shown)
  }

  /** From now on questions from this panel are about this document too, or about none. */
  attach(document: Intent['document']): void {
    this.#document = document && { snapshotId: document.snapshotId, title: document.title }
  }

  async #enqueue(intent: Intent, shown: PendingAsk): Promise<void> {
    try {
      await enqueueIntent(intent)
    } catch (error) {
      // The browser's storage is full.
      console.error(error)
      this.#finish(shown, false, { ok: false, failure: { code: 'internal' }, unread: [] })
      this.#giveBack(intent)
    }
  }

  /** Gives up an ask: at once until it is sent, otherwise by stopping its answer as soon as it has one. */
  cancel(id: string): void {
    if (this.#current?.id !== id) {
      this.#dropped.add(id)
      this.forget(id)
      return
    }
    this.#current.giveUp.abort()
    if (this.#current.answerId) void this.#backend.stop(this.#current.answerId)
  }

  /** The transcript shows the stored question now. */
  forget(id: string): void {
    this.#change({ pending: this.get().pending.filter((ask) => ask.id !== id) })
  }

  /** Says which pages of a question may not be read, before anything is asked. */
  refuse(kind: Intent['kind'], viewKey: string, unread: readonly UnreadPage[]): void {
    const [first] = unread
    if (first) this.#change({ failed: { id: crypto.randomUUID(), kind, viewKey, failure: first.failure, unread } })
  }

  /** A page that could not be read can be by now, or was left out. */
  resolve(tabId: number): void {
    const { failed } = this.get()
    if (!failed?.unread.some((page) => page.tabId === tabId)) return
    const unread = failed.unread.filter((page) => page.tabId !== tabId)
    const [first] = unread
    this.#change({ failed: first && { ...failed, failure: first.failure, unread } })
  }

  dismissFailure(): void {
    this.#change({ failed: undefined })
  }

  async #drain(): Promise<void> {
    this.#again = true
    if (this.#draining) return
    this.#draining = true
    try {
      while (this.#again && !this.#signal.aborted) {
        this.#again = false
        for (let entry = await claimIntent(this.#panel); entry; entry = await claimIntent(this.#panel)) {
          await this.#handle(entry)
          if (this.#signal.aborted) break
        }
      }
    } finally {
      // What the browser refused once (its storage, a tab) must not keep later asks from their turn.
      this.#draining = false
    }
  }

  async #handle(entry: QueueEntry): Promise<void> {
    const { intent } = entry
    const { tab, draft, focusComposer } = this.#parts
    await tab.look()
    const asked = taskOfIntent(intent)
    if (this.#dropped.delete(intent.id)) this.#giveBack(intent)
    else if (asked) await this.#ask(entry, asked)
    else if (intent.kind === 'ask-selection') draft.change({ quote: quoteOf(intent), attached: true })
    if (this.#signal.aborted) return
    focusComposer()
    await settleIntent(intent.id)
  }

  async #ask(entry: QueueEntry, asked: AskedTask): Promise<void> {
    const { id, url } = entry.intent
    const view = this.#viewFor(entry)
    const giveUp = new AbortController()
    const current: CurrentAsk = { id, giveUp, answerId: undefined }
    this.#current = current
    const shown = pendingAsk(entry.intent, asked, view.key)
    this.#show(shown)

    let pageUrl = url
    const outcome = await performAsk(
      { entry, asked, conversationId: view.conversationId, usedQuote: this.#usedQuote },
      {
        backend: this.#backend,
        signal: AbortSignal.any([giveUp.signal, this.#signal]),
        readPage: async (tabId, askedUrl) => await readPage(tabId, askedUrl, giveUp.signal),
        readTab: async (named) => await readNamedTab(named, giveUp.signal),
        remember: rememberPrepared,
        onRead: (reading) => {
          pageUrl = reading.page.url
          this.#change({ reading })
        },
        onSending: () => this.#setPhase(id, 'sending'),
        onWaiting: () => this.#setPhase(id, 'waiting'),
        onSent: ({ conversationId, assistantMessageId }) => {
          if (this.#signal.aborted) return
          this.#parts.view.sent(view.key, { conversationId, pageUrl })
          this.#setPhase(id, 'sent')
          current.answerId = assistantMessageId
          if (giveUp.signal.aborted) void this.#backend.stop(assistantMessageId)
        },
      },
    )
    if (this.#signal.aborted) return
    if (!outcome.ok && view.before && this.#parts.view.get().key === view.key) this.#parts.view.show(view.before)
    this.#finish({ ...shown, viewKey: this.#parts.view.get().key }, giveUp.signal.aborted, outcome)
    if (!outcome.ok) this.#giveBack(entry.intent)
  }

  /** A question that was typed and not stored goes back into the composer, with the tabs it named. */
  #giveBack(intent: Intent): void {
    const { text, tabs = [] } = intent
    if (text !== undefined || tabs.length > 0) this.#parts.draft.giveBack(text ?? '', quoteOf(intent), tabs)
  }

  #finish({ id, kind, viewKey }: PendingAsk, cancelled: boolean, outcome: AskOutcome): void {
    if (outcome.ok) {
      this.#usedQuote = outcome.quote ?? this.#usedQuote
      return
    }
    this.forget(id)
    if (cancelled) return
    this.#change({ failed: { id, kind, viewKey, failure: outcome.failure, unread: outcome.unread } })
  }

  /**
   * A question typed in the panel belongs to the conversation it was typed in. One from a menu or shortcut goes on with
   * the conversation shown when that is about the same page, and begins a new one otherwise.
   */
  #viewFor({ intent, prepared }: QueueEntry): AskView {
    const { view } = this.#parts
    const shown = view.get()
    if (intent.kind === 'ask' || intent.kind === 'compare' || prepared) {
      const conversationId = prepared ? prepared.conversationId : intent.conversationId
      const here = conversationId === shown.conversationId
      return { key: here ? shown.key : `elsewhere:${intent.id}`, conversationId }
    }
    if (shown.conversationId === undefined || samePage(shown.pageUrl, intent.url)) return shown
    return { ...view.startNew(), before: shown }
  }

  #show(ask: PendingAsk): void {
    const others = this.get().pending.filter(({ id }) => id !== ask.id)
    this.#change({ pending: [...others, ask], failed: undefined })
  }

  #setPhase(id: string, phase: PendingAsk['phase']): void {
    this.#change({ pending: this.get().pending.map((ask) => (ask.id === id ? { ...ask, phase } : ask)) })
  }

  #change(part: Partial<DeskState>): void {
    this.set({ ...this.get(), ...part })
  }
}
