import { browser } from 'wxt/browser'
import type { ErrorCode } from '../../protocol/errors.ts'
import { HIGHLIGHT_NAME, highlightResult } from '../../protocol/highlight.ts'
import type { HighlightRequest, HighlightResult } from '../../protocol/highlight.ts'
import { isPage } from './choose-tab.ts'
import { injectionFailure } from './injection-failure.ts'

const HIGHLIGHTER = 'page-highlighter.js'

// Of the user's origin: it reaches into shadow roots, no rule of the page is above it, and the document stays as it is.
const css = `::highlight(${HIGHLIGHT_NAME}) { background-color: #ffd866 !important; color: #29241f !important; }`

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
    await browser.scripting.insertCSS({ target: { tabId, allFrames: true }, css, origin: 'USER' })
    await browser.scripting.executeScript({ target, files: [HIGHLIGHTER] })
    const [shown] = await browser.scripting.executeScript({
      target,
      func: (asked: HighlightRequest) => globalThis.glossShowPassage?.(asked),
      args: [request],
    })
    return highlightResult.safeParse(shown?.result).data ?? { code: 'page_gone' }
  } catch (error) {
    return { code: injectionFailure(error) }
  }
}
