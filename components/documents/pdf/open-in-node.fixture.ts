import { fileURLToPath } from 'node:url'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentLoadingTask } from 'pdfjs-dist'

const cMapUrl = fileURLToPath(new URL('../../../node_modules/pdfjs-dist/cmaps/', import.meta.url))

/** pdf.js without a worker, for tests in Node. */
export function openInNode(data: Uint8Array<ArrayBuffer>): PDFDocumentLoadingTask {
  return getDocument({ data: new Uint8Array(data), cMapUrl, cMapPacked: true, useWasm: false, verbosity: 0 })
}
