import { useRef } from 'react'
import type { Draft } from '../composer/draft.ts'
import { tabName } from '../page-context/tab-name.ts'
import { askForHosts } from '../tabs/tab-access.ts'
import { useTabAccess } from '../tabs/use-tab-access.ts'
import { useStore } from '../ui/store.ts'
import type { FailedAsk } from './asking-desk.ts'
import { compareIntent, questionIntent, summariseIntent } from './compose-intent.ts'
import type { UnreadPage } from './gather-contexts.ts'
import { usePanel } from './panel-context.tsx'

export interface Asking {
  send(text: string): void
  summarise(): void
  compare(): void
  /** Asks the browser for the host of one tab that could not be read. */
  allow(page: UnreadPage): void
  /** Asks again without the pages that could not be read. */
  askWithout(failed: FailedAsk): void
}

/** What a press in the panel asks. Hosts of named tabs that are missing are asked for first, from that very press. */
export function useAsking(): Asking {
  const panel = usePanel()
  const { desk, windowId } = panel
  const [view, draft, tab] = [useStore(panel.view), useStore(panel.draft), useStore(panel.tab)]
  const missing = useTabAccess(draft.tabs)
  const prompting = useRef(false)

  const submit = (kind: FailedAsk['kind'], text: string, from: Draft): void => {
    const place = { windowId, tab, view }
    if (kind === 'compare') desk.submit(compareIntent(from, place))
    else {
      panel.draft.change({ text: '', quote: undefined })
      desk.submit(questionIntent(text, from, place))
    }
  }

  /** Nothing is awaited before the browser is asked: it lets itself be asked only within the press. */
  const ask = (kind: FailedAsk['kind'], text: string, from: Draft): void => {
    const needed = missing.filter((one) => from.tabs.includes(one))
    if (needed.length === 0) {
      submit(kind, text, from)
      return
    }
    if (prompting.current) return
    prompting.current = true
    const askFirst = async (): Promise<void> => {
      const granted = await askForHosts(needed)
      prompting.current = false
      if (granted) submit(kind, text, from)
      else {
        const unread = needed.map((one) => ({
          tabId: one.tabId,
          failure: { code: 'tab_no_permission' as const, detail: tabName(one) },
        }))
        desk.refuse(kind, view.key, unread)
      }
      panel.focusComposer()
    }
    void askFirst()
  }

  return {
    send: (text) => ask('ask', text, draft),
    compare: () => ask('compare', '', draft),
    summarise: () => {
      const intent = summariseIntent({ windowId, tab })
      if (intent) desk.submit(intent)
    },
    allow: (page) => {
      const allowOne = async (): Promise<void> => {
        const granted = await askForHosts(draft.tabs.filter(({ tabId }) => tabId === page.tabId))
        if (granted) desk.resolve(page.tabId)
        panel.focusComposer()
      }
      void allowOne()
    },
    askWithout: ({ kind, unread }) => {
      const left = new Set(unread.map(({ tabId }) => tabId))
      const without = {
        ...draft,
        tabs: draft.tabs.filter(({ tabId }) => !left.has(tabId)),
        attached: draft.attached && !(tab && left.has(tab.tabId)),
      }
      panel.draft.change({ tabs: without.tabs, attached: without.attached })
      desk.dismissFailure()
      if (kind === 'ask' && draft.text.trim() !== '') ask('ask', draft.text, without)
      else if (kind === 'compare' && pageCount(without, tab?.tabId) > 1) ask('compare', '', without)
      panel.focusComposer()
    },
  }
}

/** How many pages the next question is about. */
export function pageCount({ attached, tabs }: Pick<Draft, 'attached' | 'tabs'>, besideId: number | undefined): number {
  const beside = attached && besideId !== undefined
  return tabs.filter(({ tabId }) => !beside || tabId !== besideId).length + (beside ? 1 : 0)
}
