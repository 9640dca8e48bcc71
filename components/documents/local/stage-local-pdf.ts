import type { Failure } from '../../../protocol/errors.ts'
import type { AskBackend } from '../../asking/ask-backend.ts'
import { failureOf } from '../../asking/failure-of.ts'
import { prepareSnapshot } from '../../asking/prepare-snapshot.ts'
import { parsePdf } from '../pdf/parse-pdf.ts'
import { pdfLimits } from '../pdf/pdf-limits.ts'

/** A document from the disk whose text is staged with the backend, so that questions can be about it. */
export interface StagedDocument {
  readonly snapshotId: string
  readonly title: string
  readonly words: number
  readonly truncated: boolean
}

export type StagedAnswer =
  | { readonly ok: true; readonly document: StagedDocument }
  | { readonly ok: false; readonly failure: Failure }

/** Reads a PDF that was chosen from the disk and stages its text. The file itself goes nowhere. */
export async function stageLocalPdf(
  file: File,
  backend: Pick<AskBackend, 'begin' | 'put'>,
  signal: AbortSignal,
): Promise<StagedAnswer> {
  try {
    const data = new Uint8Array(await file.slice(0, pdfLimits.fileBytes).arrayBuffer())
    // A chosen file tells its name and not its folder.
    const url = `file:///${encodeURIComponent(file.name.slice(0, 200))}`
    const cut = file.size > pdfLimits.fileBytes
    const capture = await parsePdf({ url, fileName: file.name, data, cut }, signal)
    if (!capture.ok) return { ok: false, failure: { code: capture.code } }
    const { begin, parts } = await prepareSnapshot(capture.page)
    const { snapshotId, missing } = await backend.begin(begin)
    for (const order of missing) await backend.put({ snapshotId, order, text: parts[order] ?? '' })
    const { title, wordsMain, wordsRest, truncated } = capture.page
    return { ok: true, document: { snapshotId, title, words: wordsMain + wordsRest, truncated } }
  } catch (error) {
    if (signal.aborted || error instanceof DOMException) return { ok: false, failure: { code: 'pdf_broken' } }
    return { ok: false, failure: failureOf(error) }
  }
}
