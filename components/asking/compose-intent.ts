import type { Intent } from '../../protocol/intent.ts'
import type { Draft, Quote } from '../composer/draft.ts'
import type { View } from '../history/panel-view.ts'
import { samePage } from '../../page/same-page.ts'
import type { BesideTab } from '../page-context/tab-watch.ts'

interface Place {
  readonly windowId: number
  readonly tab: BesideTab | undefined
}

/** A question from the composer as an intent: it takes the same way as those from menus and shortcuts. */
export function questionIntent(text: string, draft: Draft, place: Place & { view: View }): Intent {
  return { ...aboutPages(draft, place), kind: 'ask', selectionText: usedQuote(draft, place.tab)?.text, text }
}

/** The Compare button as an intent. */
export function compareIntent(draft: Draft, place: Place & { view: View }): Intent {
  return { ...aboutPages(draft, place), kind: 'compare' }
}

function aboutPages({ attached, tabs }: Draft, { windowId, tab, view }: Place & { view: View }): Omit<Intent, 'kind'> {
  return {
    ...newIntent(windowId),
    ...(attached && tab ? { tabId: tab.tabId, url: tab.url } : {}),
    ...(tabs.length > 0 ? { tabs: [...tabs] } : {}),
    conversationId: view.conversationId,
  }
}

/** The Summarise button as an intent; undefined while the window shows no tab. */
export function summariseIntent({ windowId, tab }: Place): Intent | undefined {
  return tab && { ...newIntent(windowId), kind: 'summarise', tabId: tab.tabId, url: tab.url }
}

/** The selection the next question is about: of the page in the tab, and not of one that was left. */
export function usedQuote({ attached, quote }: Draft, tab: BesideTab | undefined): Quote | undefined {
  if (!attached || !quote || quote.tabId !== tab?.tabId) return undefined
  return quote.url === undefined || samePage(quote.url, tab.url) ? quote : undefined
}

function newIntent(windowId: number): Pick<Intent, 'id' | 'windowId' | 'createdAt'> {
  return { id: crypto.randomUUID(), windowId, createdAt: Date.now() }
}
