import { browser } from 'wxt/browser'
import { textFragmentUrl } from '../../protocol/text-fragment.ts'
import { libraryAddress } from '../library/library-address.ts'
import type { KeptReason } from '../library/library-route.ts'
import { chooseTab } from './choose-tab.ts'
import { highlightQuote } from './highlight-quote.ts'
import { untilLoaded } from './until-loaded.ts'

/** What is needed of a citation to get to it. */
export interface CitedPassage {
  readonly snapshotId: string
  /** The page's identity. */
  readonly url: string
  /** In the snapshot's text. */
  readonly start: number
  readonly end: number
  readonly words: string
  readonly prefix: string
  readonly suffix: string
}

/**
 * `shown`: highlighted on the page. `opened`: the page was opened at the passage, which the browser itself looks for.
 * `kept`: the page as it was read was opened instead. `forbidden`: the page is in front, and Gloss may not look into it.
 */
export type OpenedCitation = 'shown' | 'opened' | 'kept' | 'forbidden'

/** How long a page that was opened may take to load, until the highlight is left to the browser. */
const LOAD_MS = 20_000

/** Gets the person to a quote: in the tab that shows its page, else on the page opened anew, else in what was kept. */
export async function openCitation(passage: CitedPassage, windowId: number): Promise<OpenedCitation> {
  const tab = chooseTab(await browser.tabs.query({}), passage.url, windowId)
  if (tab?.id !== undefined) {
    if (!tab.active) await browser.tabs.update(tab.id, { active: true })
    if (tab.windowId !== windowId) await browser.windows.update(tab.windowId, { focused: true })
    const answer = await highlightQuote(tab.id, passage.url, passage)
    if (answer === 'shown') return 'shown'
    if (answer === 'absent') return await openKept(passage, 'changed')
    if (answer === 'unreadable') return await openKept(passage, 'unreadable')
    if (answer.code === 'page_no_permission') return 'forbidden'
    if (answer.code !== 'page_gone') return await openKept(passage, 'unreadable')
  }
  return await openPage(passage, windowId)
}

/** Opens the page as it was read, with the passage marked. */
export async function openKept({ snapshotId, start, end }: CitedPassage, reason?: KeptReason): Promise<'kept'> {
  const address = libraryAddress({ name: 'snapshot', id: snapshotId, mark: { start, end }, reason })
  await browser.tabs.create({ url: new URL(address, location.href).href })
  return 'kept'
}

async function openPage(passage: CitedPassage, windowId: number): Promise<OpenedCitation> {
  const { origin, protocol } = new URL(passage.url)
  if (protocol !== 'https:' && protocol !== 'http:') return await openKept(passage, 'unreadable')
  const { id } = await browser.tabs.create({ url: textFragmentUrl(passage.url, passage), windowId })
  if (id === undefined || !(await browser.permissions.contains({ origins: [`${withoutPort(origin)}/*`] }))) {
    return 'opened'
  }
  await untilLoaded(id, LOAD_MS)
  const answer = await highlightQuote(id, passage.url, passage)
  if (answer === 'absent') return await openKept(passage, 'changed')
  return answer === 'shown' ? 'shown' : 'opened'
}

/** A match pattern takes a host without its port. */
function withoutPort(origin: string): string {
  return origin.replace(/:\d+$/, '')
}
