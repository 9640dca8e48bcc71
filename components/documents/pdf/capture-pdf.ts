import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist'
import { countWords } from '../../../page/count-words.ts'
import { joinBlocks } from '../../../page/join-blocks.ts'
import type { CaptureResult } from '../../../protocol/capture.ts'
import type { ErrorCode } from '../../../protocol/errors.ts'
import { Deadline } from './deadline.ts'
import { documentBlocks } from './document-blocks.ts'
import { pdfDetails } from './pdf-details.ts'
import type { PdfLimits } from './pdf-limits.ts'
import { readPages } from './read-pages.ts'

export interface PdfSource {
  /** The document's address; of a file from the disk a name that stands for it. */
  readonly url: string
  /** The title of a document that names none. */
  readonly fileName: string
  readonly data: Uint8Array<ArrayBuffer>
  /** The file is larger than its limit: `data` is its beginning. */
  readonly cut: boolean
}

/** pdf.js's own names for a file that it cannot read. */
const broken: ReadonlySet<string> = new Set(['InvalidPDFException', 'FormatError', 'UnknownErrorException'])

/**
 * A PDF's text and details, as a page's reader returns them.
 *
 * @returns `pdf_encrypted`, `pdf_scanned` (no text on any page), `pdf_broken`, `pdf_slow` or `pdf_too_large` when there
 * is nothing to ask about.
 */
export async function capturePdf(
  { url, fileName, data, cut }: PdfSource,
  open: (data: Uint8Array<ArrayBuffer>) => PDFDocumentLoadingTask,
  limits: PdfLimits,
): Promise<CaptureResult> {
  using deadline = new Deadline(limits.parseMs)
  const task = open(data)
  try {
    const document = await deadline.for(task.promise)
    if (document === undefined) return { ok: false, code: 'pdf_slow' }
    return await captureDocument(document, { url, fileName, cut }, limits, deadline)
  } catch (error) {
    const code = failure(error, cut)
    if (code === undefined) throw error
    return { ok: false, code }
  } finally {
    // Not awaited: a parser that hangs answers no one.
    void task.destroy()
  }
}

async function captureDocument(
  document: PDFDocumentProxy,
  { url, fileName, cut }: Omit<PdfSource, 'data'>,
  limits: PdfLimits,
  deadline: Deadline,
): Promise<CaptureResult> {
  const details = await deadline.for(pdfDetails(document, fileName))
  const { pages, truncated } = await readPages(document, limits, deadline)
  if (details === undefined || pages.length === 0) return { ok: false, code: 'pdf_slow' }
  if (pages.every((lines) => lines.length === 0)) return { ok: false, code: 'pdf_scanned' }

  const joined = joinBlocks(documentBlocks(pages), limits.textBytes)
  const words = { main: 0, rest: 0 }
  for (const { zone, start, end } of joined.zones) {
    words[zone] += await countWords(joined.text.slice(start, end), details.lang)
  }
  return {
    ok: true,
    page: {
      url,
      ...details,
      text: joined.text,
      zones: [...joined.zones],
      method: 'pdf',
      wordsMain: words.main,
      wordsRest: words.rest,
      truncated: cut || truncated || joined.truncated,
    },
    selection: null,
  }
}

function failure(error: unknown, cut: boolean): ErrorCode | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'PasswordException') return 'pdf_encrypted'
  if (!broken.has(error.name)) return undefined
  return cut ? 'pdf_too_large' : 'pdf_broken'
}
