import { browser } from 'wxt/browser'
import { captureResult } from '../../protocol/capture.ts'
import type { CapturedPage, CapturedSelection } from '../../protocol/capture.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import { injectionFailure } from './injection-failure.ts'
import { samePage } from './same-page.ts'

/** How long a page may take to answer, from the request on. */
export const READ_MS = 20_000

/** The reader cuts addresses here (protocol/capture.ts). */
const URL_LIMIT = 2_048

const READER = 'page-reader.js'

export interface PageReading {
  readonly tabId: number
  readonly documentId: string
  readonly page: CapturedPage
  readonly selection: CapturedSelection | null
}

export type ReadAnswer =
  | { readonly ok: true; readonly reading: PageReading }
  | { readonly ok: false; readonly code: ErrorCode }

/**
 * Reads the page in a tab. The document is fixed first and read after, so that what comes back is of the page that was
 * asked about: one that was closed, discarded, or has moved on to another address since is `page_gone`.
 */
export async function readPage(tabId: number, askedUrl: string | undefined, signal: AbortSignal): Promise<ReadAnswer> {
  const { promise: late, resolve } = Promise.withResolvers<ReadAnswer>()
  const timer = setTimeout(() => resolve({ ok: false, code: 'page_timeout' }), READ_MS)
  const abort = (): void => resolve({ ok: false, code: 'page_gone' })
  signal.addEventListener('abort', abort, { once: true })
  const answer = await Promise.race([readBoundDocument(tabId, askedUrl), late])
  clearTimeout(timer)
  signal.removeEventListener('abort', abort)
  return answer
}

async function readBoundDocument(tabId: number, askedUrl: string | undefined): Promise<ReadAnswer> {
  try {
    const { discarded } = await browser.tabs.get(tabId)
    if (discarded) return { ok: false, code: 'page_gone' }

    const [bound] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => location.href,
      injectImmediately: true,
    })
    if (bound?.result === undefined || (askedUrl !== undefined && !samePage(bound.result, askedUrl)))
      return { ok: false, code: 'page_gone' }

    const { documentId, result: address } = bound
    const [read] = await browser.scripting.executeScript({
      target: { tabId, documentIds: [documentId] },
      files: [READER],
    })
    if (read?.documentId !== documentId || read.result === null) return { ok: false, code: 'page_gone' }
    const { data: capture } = captureResult.safeParse(read.result)
    if (!capture) return { ok: false, code: 'page_corrupt' }
    if (!capture.ok) return { ok: false, code: capture.code }
    const moved = address.length < URL_LIMIT && !samePage(capture.page.url, address)
    if (moved) return { ok: false, code: 'page_gone' }
    return { ok: true, reading: { tabId, documentId, page: capture.page, selection: capture.selection } }
  } catch (error) {
    return { ok: false, code: injectionFailure(error) }
  }
}
