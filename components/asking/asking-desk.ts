import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import type { QueueEntry } from '../../protocol/intent-queue.ts'
import {
  announcePanel,
  claimIntent,
  rememberPrepared,
  settleIntent,
  watchIntents,
} from '../../protocol/intent-store.ts'
import type { Panel } from '../../protocol/intent-store.ts'
import type { DraftStore } from '../composer/draft.ts'
import type { PanelView } from '../history/panel-view.ts'
import { readPage } from '../page-context/read-page.ts'
import type { PageReading } from '../page-context/read-page.ts'
import { samePage } from '../page-context/same-page.ts'
import type { TabWatch } from '../page-context/tab-watch.ts'
import { Store } from '../ui/store.ts'
import type { AskBackend } from './ask-backend.ts'
import { performAsk } from './perform-ask.ts'
import type { AskOutcome } from './perform-ask.ts'
import { taskOfIntent } from './task-of-intent.ts'
import type { AskedTask } from './task-of-intent.ts'

/** A question on its way to the backend: shown before it is stored. */
export interface PendingAsk extends AskedTask {
  readonly id: string
  readonly viewKey: string
  readonly quote: string | undefined
  readonly phase: 'reading' | 'sending' | 'sent'
  readonly startedAt: number
}

export interface FailedAsk {
  readonly id: string
  readonly viewKey: string
  readonly failure: Failure
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

/** Handles what was asked, from menus, shortcuts and the composer alike: one at a time, in the order it was asked. */
export class AskingDesk extends Store<DeskState> {
  readonly #panel: Panel
  readonly #parts: PanelParts
  readonly #backend: DeskBackend
  #signal = new AbortController().signal
  /** The ask being handled, and whether the person gave it up meanwhile. */
  #current: { readonly id: string; readonly reading: AbortController; cancelled: boolean } | undefined
  #usedQuote: string | undefined
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

  /** Gives up an ask: at once while its page is read, otherwise by stopping its answer as soon as it has one. */
  cancel(id: string): void {
    if (this.#current?.id !== id) return
    this.#current.cancelled = true
    this.#current.reading.abort()
  }

  /** The transcript shows the stored question now. */
  forget(id: string): void {
    this.#change({ pending: this.get().pending.filter((ask) => ask.id !== id) })
  }

  dismissFailure(): void {
    this.#change({ failed: undefined })
  }

  async #drain(): Promise<void> {
    this.#again = true
    if (this.#draining) return
    this.#draining = true
    while (this.#again && !this.#signal.aborted) {
      this.#again = false
      for (let entry = await claimIntent(this.#panel); entry; entry = await claimIntent(this.#panel)) {
        await this.#handle(entry)
        if (this.#signal.aborted) break
      }
    }
    this.#draining = false
  }

  async #handle(entry: QueueEntry): Promise<void> {
    const { intent } = entry
    const { tab, draft, focusComposer } = this.#parts
    await tab.look()
    const asked = taskOfIntent(intent)
    if (asked) await this.#ask(entry, asked)
    else if (intent.kind === 'ask-selection') draft.change({ quote: intent.selectionText, attached: true })
    if (this.#signal.aborted) return
    focusComposer()
    await settleIntent(intent.id)
  }

  async #ask(entry: QueueEntry, asked: AskedTask): Promise<void> {
    const { id, kind, url, selectionText, text } = entry.intent
    const view = this.#viewFor(entry)
    const current = { id, reading: new AbortController(), cancelled: false }
    this.#current = current
    const shown: PendingAsk = {
      ...asked,
      id,
      viewKey: view.key,
      quote: kind === 'summarise' ? undefined : selectionText,
      phase: entry.intent.tabId === undefined ? 'sending' : 'reading',
      startedAt: entry.intent.createdAt,
    }
    this.#change({ pending: [...this.get().pending.filter((ask) => ask.id !== id), shown], failed: undefined })

    let pageUrl = url
    const outcome = await performAsk(
      { entry, asked, conversationId: view.conversationId, usedQuote: this.#usedQuote },
      {
        backend: this.#backend,
        readPage: async (tabId, askedUrl) => await readPage(tabId, askedUrl, current.reading.signal),
        remember: rememberPrepared,
        onRead: (reading) => {
          pageUrl = reading.page.url
          this.#change({ reading })
        },
        onSending: () => this.#setPhase(id, 'sending'),
        onSent: ({ conversationId, assistantMessageId }) => {
          if (this.#signal.aborted) return
          this.#parts.view.sent(view.key, { conversationId, pageUrl })
          this.#setPhase(id, 'sent')
          if (current.cancelled) void this.#backend.stop(assistantMessageId)
        },
      },
    )
    if (this.#signal.aborted) return
    this.#finish(shown, current.cancelled, outcome)
    if (!outcome.ok && text !== undefined) this.#parts.draft.giveBack({ text, quote: selectionText })
  }

  #finish({ id, viewKey }: PendingAsk, cancelled: boolean, outcome: AskOutcome): void {
    if (outcome.ok) {
      this.#usedQuote = outcome.quote ?? this.#usedQuote
      return
    }
    this.forget(id)
    if (!cancelled) this.#change({ failed: { id, viewKey, failure: outcome.failure } })
  }

  /**
   * A question typed in the panel belongs to the conversation it was typed in. One from a menu or shortcut goes on with
   * the conversation shown when that is about the same page, and begins a new one otherwise.
   */
  #viewFor({ intent, prepared }: QueueEntry): { key: string; conversationId: string | undefined } {
    const { view } = this.#parts
    const shown = view.get()
    const belongs = intent.kind === 'ask' ? intent.conversationId : prepared?.conversationId
    if (intent.kind === 'ask' || prepared) {
      const here = belongs === shown.conversationId
      return { key: here ? shown.key : `elsewhere:${intent.id}`, conversationId: belongs }
    }
    const goesOn = shown.conversationId === undefined || samePage(shown.pageUrl, intent.url)
    return goesOn ? shown : view.startNew()
  }

  #setPhase(id: string, phase: PendingAsk['phase']): void {
    this.#change({ pending: this.get().pending.map((ask) => (ask.id === id ? { ...ask, phase } : ask)) })
  }

  #change(part: Partial<DeskState>): void {
    this.set({ ...this.get(), ...part })
  }
}
