import type { Intent } from '../../protocol/intent.ts'
import type { Draft } from '../composer/draft.ts'
import type { View } from '../history/panel-view.ts'
import type { BesideTab } from '../page-context/tab-watch.ts'

interface Composing {
  readonly id: string
  readonly now: number
  readonly windowId: number
  readonly tab: BesideTab | undefined
  readonly view: View
}

/** A question from the composer as an intent: it takes the same way as those from menus and shortcuts. */
export function questionIntent(text: string, draft: Draft, composing: Composing): Intent {
  const { id, now, windowId, tab, view } = composing
  const page = draft.attached && tab ? { tabId: tab.tabId, url: tab.url } : {}
  return {
    id,
    kind: 'ask',
    windowId,
    ...page,
    selectionText: draft.attached ? draft.quote : undefined,
    text,
    conversationId: view.conversationId,
    createdAt: now,
  }
}

/** The Summarise button as an intent; undefined while the window shows no tab. */
export function summariseIntent({ id, now, windowId, tab }: Composing): Intent | undefined {
  return tab && { id, kind: 'summarise', windowId, tabId: tab.tabId, url: tab.url, createdAt: now }
}
