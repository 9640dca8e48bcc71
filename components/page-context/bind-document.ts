import { browser } from 'wxt/browser'
import { z } from '../../protocol/quiet-zod.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import { samePage } from '../../page/same-page.ts'
import { describeDocument } from './describe-document.ts'
import { injectionFailure } from './injection-failure.ts'
import { restrictedPage } from './restricted-page.ts'

export interface BoundPage {
  readonly ok: true
  readonly documentId: string
  readonly address: string
  /** Where the PDF is that the tab shows. */
  readonly pdf: string | null
}

type Unbound = { readonly ok: false; readonly code: ErrorCode }

/** How often, and how many milliseconds apart, a document is looked for again that is just coming. */
const TRIES = 4
const PAUSE_MS = 150

const described = z.object({ address: z.string(), pdf: z.string().nullable() })

/**
 * Fixes the document that a tab shows, before it is read. A page that is just coming, or was just granted by a gesture,
 * can refuse for a moment: the frame that the browser chose has been replaced, or the page's process was not yet told of
 * the grant. Neither is a page that was closed, so it is tried again.
 *
 * @param askedUrl what the tab showed when it was asked about; another address there is `page_gone`
 */
export async function bindDocument(tabId: number, askedUrl: string | undefined): Promise<BoundPage | Unbound> {
  for (let tries = 1; ; tries++) {
    const { discarded, url } = await browser.tabs.get(tabId)
    if (discarded) return { ok: false, code: 'page_gone' }
    const restricted = restrictedPage(url)
    if (restricted) return { ok: false, code: restricted }
    try {
      return await describedDocument(tabId, askedUrl)
    } catch (error) {
      const code = injectionFailure(error)
      // The address of a page is told to those who may read it.
      const isPassing = code === 'page_gone' || (code === 'page_no_permission' && url !== undefined)
      if (!isPassing || tries === TRIES) return { ok: false, code }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

async function describedDocument(tabId: number, askedUrl: string | undefined): Promise<BoundPage | Unbound> {
  const [bound] = await browser.scripting.executeScript({
    target: { tabId },
    func: describeDocument,
    injectImmediately: true,
  })
  const { data: found } = described.safeParse(bound?.result)
  if (!bound || !found || (askedUrl !== undefined && !samePage(found.address, askedUrl)))
    return { ok: false, code: 'page_gone' }
  return { ok: true, documentId: bound.documentId, ...found }
}
