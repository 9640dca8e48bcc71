import { browser } from 'wxt/browser'
import { z } from '../../protocol/quiet-zod.ts'
import type { Id } from '../../convex/_generated/dataModel.js'
import { Store } from '../ui/store.ts'

/** Which conversation a panel shows. `key` names the view even before its conversation exists. */
export interface View {
  readonly key: string
  readonly conversationId: Id<'conversations'> | undefined
  /** The page this conversation last asked about. Held for the browser session only. */
  readonly pageUrl: string | undefined
}

const conversationId = z.custom<Id<'conversations'>>((value) => typeof value === 'string')
const storedView = z.object({
  key: z.string(),
  conversationId: conversationId.optional(),
  pageUrl: z.string().optional(),
})

const LAST_CONVERSATION = 'lastConversation'
const sessionKey = (windowId: number): string => `view:${windowId}`

/** Remembered for each window while the browser runs, and the last one across its restarts. */
export class PanelView extends Store<View> {
  readonly #windowId: number

  private constructor(windowId: number, view: View) {
    super(view)
    this.#windowId = windowId
  }

  static async load(windowId: number): Promise<PanelView> {
    const key = sessionKey(windowId)
    const session = storedView.safeParse((await browser.storage.session.get(key))[key])
    if (session.success)
      return new PanelView(windowId, { conversationId: undefined, pageUrl: undefined, ...session.data })
    const last = conversationId.safeParse((await browser.storage.local.get(LAST_CONVERSATION))[LAST_CONVERSATION])
    return new PanelView(windowId, newView(last.data))
  }

  open(id: Id<'conversations'>): void {
    this.show(newView(id))
  }

  startNew(): View {
    const view = newView()
    this.show(view)
    return view
  }

  /** A question of the view `key` was stored. Nothing happens to a view that shows something else by now. */
  sent(key: string, sent: { conversationId: Id<'conversations'>; pageUrl: string | undefined }): void {
    if (this.get().key === key) this.show({ key, ...sent, pageUrl: sent.pageUrl ?? this.get().pageUrl })
  }

  show(view: View): void {
    this.set(view)
    void browser.storage.session.set({ [sessionKey(this.#windowId)]: view })
    void (view.conversationId === undefined
      ? browser.storage.local.remove(LAST_CONVERSATION)
      : browser.storage.local.set({ [LAST_CONVERSATION]: view.conversationId }))
  }
}

function newView(id?: Id<'conversations'>): View {
  return { key: crypto.randomUUID(), conversationId: id, pageUrl: undefined }
}
