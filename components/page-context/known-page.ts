import type { MessageHead } from '../chat/message-head.ts'
import type { KnownPage } from './page-chip-content.ts'
import type { PageReading } from './read-page.ts'
import type { BesideTab } from './tab-watch.ts'

interface KnownPageSource {
  readonly tab: BesideTab | undefined
  /** What this panel read last. */
  readonly reading: PageReading | undefined
  /** The address the conversation shown last asked about, and its messages: what a panel that reopened knows. */
  readonly pageUrl: string | undefined
  readonly heads: readonly Pick<MessageHead, 'contexts'>[]
}

/** What is known of the page in the tab from reading it, in this panel or before it reopened. */
export function knownPage({ tab, reading, pageUrl, heads }: KnownPageSource): KnownPage | undefined {
  if (reading && reading.tabId === tab?.tabId) {
    const { url, title, wordsMain, wordsRest, truncated } = reading.page
    return { url, title, words: wordsMain + wordsRest, truncated }
  }
  const context = heads.findLast(({ contexts }) => contexts.length > 0)?.contexts[0]
  if (pageUrl === undefined || !context) return undefined
  const { title, words, truncated } = context
  return { url: pageUrl, title, words, truncated }
}
