import { samePage } from '../../page/same-page.ts'
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
      readonly coverage?: string
      /** What the page could have offered and did not. */
      readonly missing?: 'transcript' | undefined
    }

/** A page that was read, and when it can be taken for the one in the tab: when both show the same address. */
export interface KnownPage {
  readonly url: string
  readonly title: string
  readonly words: number
  readonly truncated: boolean
  /** What of it the last answer is based on. */
  readonly coverage?: string
  readonly missing?: 'transcript' | undefined
}

export interface PageChipSource {
  readonly attached: boolean
  readonly tab: BesideTab | undefined
  /** The page that was read last, which may be another one than the tab shows now. */
  readonly known: KnownPage | undefined
}

/** What the chip says about the page that the next question will use. Words are known only once it was read. */
export function pageChipContent({ attached, tab, known }: PageChipSource): PageChipContent {
  if (!attached) return { name: 'detached' }
  if (tab?.url === undefined) return { name: 'unknown' }
  const host = URL.parse(tab.url)?.host ?? ''
  if (known && samePage(known.url, tab.url)) {
    const { title, words, truncated, missing, coverage } = known
    return {
      name: 'read',
      title: title || host,
      host,
      words,
      truncated,
      missing,
      ...(coverage === undefined ? {} : { coverage }),
    }
  }
  return { name: 'named', title: tab.title || host || tab.url, host }
}
