import { browser } from 'wxt/browser'
import { z } from '../../protocol/quiet-zod.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import { highlightResults } from '../../protocol/highlight.ts'
import type { HighlightRequest, HighlightResult } from '../../protocol/highlight.ts'
import { isPage } from './choose-tab.ts'
import { injectionFailure } from './injection-failure.ts'

const HIGHLIGHTER = 'page-highlighter.js'

const answer = z.enum(highlightResults)

/** Shows a passage in a tab, if the tab still shows the page of this identity (`page_gone` when it does not). */
export async function highlightQuote(
  tabId: number,
  identity: string,
  request: HighlightRequest,
): Promise<HighlightResult | { readonly code: ErrorCode }> {
  try {
    const [bound] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => location.href,
      injectImmediately: true,
    })
    if (!bound || !isPage(bound.result, identity)) return { code: 'page_gone' }
    const target = { tabId, documentIds: [bound.documentId] }
    await browser.scripting.executeScript({ target, files: [HIGHLIGHTER] })
    const [shown] = await browser.scripting.executeScript({
      target,
      func: (asked: HighlightRequest) => globalThis.glossShowPassage?.(asked),
      args: [request],
    })
    return answer.safeParse(shown?.result).data ?? { code: 'page_gone' }
  } catch (error) {
    return { code: injectionFailure(error) }
  }
}
