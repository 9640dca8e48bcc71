import type { CaptureResult } from '../../../protocol/capture.ts'
import { parsePdf } from '../pdf/parse-pdf.ts'
import { pdfLimits } from '../pdf/pdf-limits.ts'
import { fetchFromTab } from './fetch-from-tab.ts'
import type { BoundDocument } from './fetch-from-tab.ts'

/** The longest address a snapshot may have (protocol/capture.ts). */
const URL_LIMIT = 2_048

/** Reads the PDF that a tab shows. Throws what the browser throws when the tab is gone. */
export async function readPdfTab(bound: BoundDocument, signal: AbortSignal): Promise<CaptureResult> {
  const url = new URL(bound.address)
  if (url.protocol === 'file:') return { ok: false, code: 'pdf_local' }
  const fetched = await fetchFromTab(bound, pdfLimits.fileBytes)
  if (!fetched) return { ok: false, code: 'pdf_unavailable' }
  const place = `${url.origin}${url.pathname}`.slice(0, URL_LIMIT)
  const address = url.href.length <= URL_LIMIT ? url.href : place
  return await parsePdf({ url: address, fileName: fileNameOf(url), ...fetched }, signal)
}

function fileNameOf({ pathname, host }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '')
  if (last === undefined) return host
  try {
    return decodeURIComponent(last)
  } catch (error) {
    if (error instanceof URIError) return last
    throw error
  }
}
