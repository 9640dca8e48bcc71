import { browser } from 'wxt/browser'
import { captureResult } from '../../protocol/capture.ts'
import type { CapturedPage, CapturedSelection } from '../../protocol/capture.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import type { BoundDocument } from '../documents/tab/fetch-from-tab.ts'
import { bindDocument } from './bind-document.ts'
import type { BoundPage } from './bind-document.ts'
import { injectionFailure } from './injection-failure.ts'
import { samePage } from '../../page/same-page.ts'

/** How long a page may take to answer, from the request on: whoever asked is told of a page that hangs within ten seconds. */
export const READ_MS = 9_500

/** How long a PDF may take: a minute to come from its address again, another to be parsed, and what lies between. */
const PDF_MS = 150_000

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
 * Reads the page in a tab, or the PDF that it shows. The document is fixed first and read after, so that what comes back
 * is of the page that was asked about: one that was closed, discarded, or has moved on to another address since is
 * `page_gone`.
 */
export async function readPage(tabId: number, askedUrl: string | undefined, signal: AbortSignal): Promise<ReadAnswer> {
  const startedAt = performance.now()
  const bound = await inTime(READ_MS, signal, bindDocument(tabId, askedUrl))
  if (!bound.ok) return bound
  const { documentId, pdf } = bound
  if (pdf !== null) return await inTime(PDF_MS, signal, readBoundPdf({ tabId, documentId, address: pdf }, signal))
  return await inTime(READ_MS - (performance.now() - startedAt), signal, readBoundDocument(tabId, bound))
}

type Unread = Extract<ReadAnswer, { ok: false }>

async function inTime<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T | Unread> {
  const { promise: late, resolve } = Promise.withResolvers<Unread>()
  const timer = setTimeout(() => resolve({ ok: false, code: 'page_timeout' }), ms)
  const abort = (): void => resolve({ ok: false, code: 'page_gone' })
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([work, late])
  } catch (error) {
    return { ok: false, code: injectionFailure(error) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

async function readBoundDocument(tabId: number, { documentId, address }: BoundPage): Promise<ReadAnswer> {
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
}

async function readBoundPdf(bound: BoundDocument, signal: AbortSignal): Promise<ReadAnswer> {
  // Loaded when the first PDF is read: the panel starts without it.
  const { readPdfTab } = await import('../documents/tab/read-pdf-tab.ts')
  const capture = await readPdfTab(bound, signal)
  if (!capture.ok) return { ok: false, code: capture.code }
  const { tabId, documentId } = bound
  return { ok: true, reading: { tabId, documentId, page: capture.page, selection: null } }
}
