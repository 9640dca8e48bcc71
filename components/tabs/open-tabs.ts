import { browser } from 'wxt/browser'
import { tabHost } from '../page-context/tab-name.ts'

/** A tab as the list shows it. */
export interface OpenTab {
  readonly tabId: number
  readonly url: string
  readonly title: string
}

export interface OpenTabs {
  /** Those that can be named: this window's first, and of each window the one used last first. */
  readonly told: readonly OpenTab[]
  /** How many more there are, of which the browser tells neither title nor address. */
  readonly untold: number
}

/** Addresses that an extension can be let read. */
const readable = /^(?:https?|file):/

/** The open tabs as far as the browser tells of them. Nothing of any page is read. */
export async function openTabs(windowId: number): Promise<OpenTabs> {
  const told: (OpenTab & { readonly here: boolean; readonly usedAt: number })[] = []
  let untold = 0
  for (const { id, url, title, windowId: itsWindow, lastAccessed } of await browser.tabs.query({})) {
    if (id === undefined) continue
    if (!url) untold++
    else if (readable.test(url)) {
      told.push({ tabId: id, url, title: title ?? '', here: itsWindow === windowId, usedAt: lastAccessed ?? 0 })
    }
  }
  const order = told.toSorted((a, b) => Number(b.here) - Number(a.here) || b.usedAt - a.usedAt)
  return { told: order.map(({ tabId, url, title }) => ({ tabId, url, title })), untold }
}

/** The tabs in whose title or host every word of `query` stands, whatever its case and accents. */
export function matchTabs(tabs: readonly OpenTab[], query: string): OpenTab[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return tabs.filter(({ title, url }) => {
    const text = fold(`${title} ${tabHost(url)}`)
    return words.every((word) => text.includes(word))
  })
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
