import { coverageOf } from '../chat/coverage.ts'
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
  const context = heads.findLast(({ contexts }) => contexts.length > 0)?.contexts[0]
  if (reading && reading.tabId === tab?.tabId) {
    const { url, title, wordsMain, wordsRest, truncated, missing } = reading.page
    const words = wordsMain + wordsRest
    // Of what was read just now only if it is what was asked about: the same page, to the word.
    const asked = context?.title === title && context.words === words ? context : undefined
    return { url, title, words, truncated, missing, ...coverage(asked) }
  }
  if (pageUrl === undefined || !context) return undefined
  const { title, words, truncated } = context
  return { url: pageUrl, title, words, truncated, ...coverage(context) }
}

function coverage(context: MessageHead['contexts'][number] | undefined): Pick<KnownPage, 'coverage'> {
  const line = context && coverageOf(context)?.line
  return line === undefined ? {} : { coverage: line }
}
