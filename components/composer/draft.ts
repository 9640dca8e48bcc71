import { browser } from 'wxt/browser'
import { z } from '../../protocol/quiet-zod.ts'
import { namedTabSchema } from '../../protocol/intent.ts'
import type { NamedTab } from '../../protocol/intent.ts'
import { Store } from '../ui/store.ts'

/** A passage and the page it was selected on. */
export interface Quote {
  readonly text: string
  readonly tabId: number
  readonly url?: string | undefined
}

/** What was begun and not yet asked. */
export interface Draft {
  readonly text: string
  /** A selection the next question is about. */
  readonly quote: Quote | undefined
  /** Whether the page beside the panel goes with the question. */
  readonly attached: boolean
  /** Other tabs that go with it. They stay for the next question, until they are taken off. */
  readonly tabs: readonly NamedTab[]
}

const storedDraft = z.object({
  text: z.string(),
  quote: z.object({ text: z.string(), tabId: z.number(), url: z.string().optional() }).optional(),
  attached: z.boolean(),
  tabs: z.array(namedTabSchema).default([]),
})
const emptyDraft: Draft = { text: '', quote: undefined, attached: true, tabs: [] }
const sessionKey = (windowId: number): string => `draft:${windowId}`

/** Longer drafts are not kept: writing them at every key would be felt, and they are too long to ask anyway. */
const KEPT_LENGTH = 200_000

/** Kept for each window while the browser runs, so that a panel that closes loses nothing. */
export class DraftStore extends Store<Draft> {
  readonly #key: string

  private constructor(key: string, draft: Draft) {
    super(draft)
    this.#key = key
  }

  static async load(windowId: number): Promise<DraftStore> {
    const key = sessionKey(windowId)
    const stored = storedDraft.safeParse((await browser.storage.session.get(key))[key])
    return new DraftStore(key, stored.success ? { ...emptyDraft, ...stored.data } : emptyDraft)
  }

  change(part: Partial<Draft>): void {
    const draft = { ...this.get(), ...part }
    this.set(draft)
    if (draft.text.length <= KEPT_LENGTH) void browser.storage.session.set({ [this.#key]: draft })
  }

  /** Gives a question back that could not be asked, before anything begun since. */
  giveBack(text: string, quote: Quote | undefined, tabs: readonly NamedTab[]): void {
    const begun = this.get()
    const others = begun.tabs.filter((tab) => !tabs.some(({ tabId }) => tabId === tab.tabId))
    this.change({
      text: [text, begun.text].filter(Boolean).join('\n\n'),
      quote: begun.quote ?? quote,
      tabs: [...tabs, ...others],
    })
  }
}
