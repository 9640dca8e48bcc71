import { browser } from 'wxt/browser'
import type { ErrorCode, Failure } from '../../protocol/errors.ts'
import type { NamedTab } from '../../protocol/intent.ts'
import { readPage } from './read-page.ts'
import type { PageReading } from './read-page.ts'
import { samePage } from '../../page/same-page.ts'
import { tabName } from './tab-name.ts'

export type NamedTabAnswer =
  | { readonly ok: true; readonly reading: PageReading }
  | { readonly ok: false; readonly failure: Failure }

/** What reading a page calls its failures, and what that is of a tab that was named beside it. */
const codeOfTab: Partial<Record<ErrorCode, ErrorCode>> = {
  page_restricted: 'tab_restricted',
  page_unknown: 'tab_restricted',
  page_browser: 'tab_restricted',
  page_store: 'tab_restricted',
  page_extension: 'tab_restricted',
  page_source: 'tab_restricted',
  page_policy: 'tab_restricted',
  page_no_permission: 'tab_no_permission',
  page_empty: 'tab_empty',
}

/** These sentences say what is the matter, and that is the same in any tab. */
const ownWords = /^pdf_|^page_(?:canvas|file)$/

/** Reads a tab that was named: as it was named, or not at all, and then with the reason and its name. */
export async function readNamedTab(tab: NamedTab, signal: AbortSignal): Promise<NamedTabAnswer> {
  const failed = (code: ErrorCode): NamedTabAnswer => ({ ok: false, failure: { code, detail: tabName(tab) } })
  const before = await whyUnreadable(tab)
  if (before) return failed(before)
  const answer = await readPage(tab.tabId, tab.url, signal)
  if (answer.ok) return answer
  if (answer.code === 'page_gone') return failed((await whyUnreadable(tab)) ?? 'tab_moved')
  return failed(codeOfTab[answer.code] ?? (ownWords.test(answer.code) ? answer.code : 'tab_silent'))
}

/** Why there is nothing to read in the tab, as far as the browser tells. */
async function whyUnreadable({ tabId, url }: NamedTab): Promise<ErrorCode | undefined> {
  try {
    const now = await browser.tabs.get(tabId)
    // A frozen tab runs no script until it is shown again.
    if (now.discarded || now.status === 'unloaded' || now.frozen) return 'tab_asleep'
    return now.url && url !== undefined && !samePage(now.url, url) ? 'tab_moved' : undefined
  } catch {
    // The browser has one reason to refuse this: there is no such tab. One put to sleep may come back under another id.
    const asleep = await browser.tabs.query({ discarded: true })
    return asleep.some((tab) => tab.url && url !== undefined && samePage(tab.url, url)) ? 'tab_asleep' : 'tab_closed'
  }
}
