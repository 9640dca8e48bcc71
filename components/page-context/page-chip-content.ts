import type { PageReading } from './read-page.ts'
import { samePage } from './same-page.ts'
import type { BesideTab } from './tab-watch.ts'

export type PageChipContent =
  | { readonly name: 'detached' }
  /** The browser does not tell which page it is until a gesture on it grants it. */
  | { readonly name: 'unknown' }
  | { readonly name: 'named'; readonly title: string; readonly host: string }
  | {
      readonly name: 'read'
      readonly title: string
      readonly host: string
      readonly words: number
      readonly truncated: boolean
    }

export interface PageChipSource {
  readonly attached: boolean
  readonly tab: BesideTab | undefined
  /** The page read last, which may be another one than the tab shows now. */
  readonly reading: PageReading | undefined
}

/** What the chip says about the page that the next question will use. Words are known only once it was read. */
export function pageChipContent({ attached, tab, reading }: PageChipSource): PageChipContent {
  if (!attached) return { name: 'detached' }
  if (tab?.url === undefined) return { name: 'unknown' }
  const host = URL.parse(tab.url)?.host ?? ''
  if (reading?.tabId === tab.tabId && samePage(reading.page.url, tab.url)) {
    const { title, wordsMain, wordsRest, truncated } = reading.page
    return { name: 'read', title: title || host, host, words: wordsMain + wordsRest, truncated }
  }
  return { name: 'named', title: tab.title || host || tab.url, host }
}
