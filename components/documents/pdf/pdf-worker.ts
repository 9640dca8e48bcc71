import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist/legacy/build/pdf.mjs'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the file in the package
import coreUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { capturePdf } from './capture-pdf.ts'
import type { PdfSource } from './capture-pdf.ts'
import { pdfLimits } from './pdf-limits.ts'

/** Packaged by wxt.config.ts. Only documents whose fonts name a predefined map (Chinese, Japanese, Korean) load one. */
const cMapUrl = new URL('/cmaps/', self.location.origin).href

// pdf.js has a worker of its own that parses; this one holds its interface, so that neither a large document nor one
// that never ends can keep the panel from answering, and both end with it.
self.addEventListener('message', ({ data: source }: MessageEvent<PdfSource>) => {
  // Reported, an error reaches the panel as one of this worker; a rejection alone would not.
  answer(source).catch(reportError)
})

async function answer(source: PdfSource): Promise<void> {
  GlobalWorkerOptions.workerPort = new Worker(coreUrl, { type: 'module' })
  const open = (data: Uint8Array<ArrayBuffer>) =>
    getDocument({
      data,
      cMapUrl,
      cMapPacked: true,
      useWasm: false,
      useWorkerFetch: true,
      useSystemFonts: false,
      disableFontFace: true,
      disableWorkerRendering: true,
      isOffscreenCanvasSupported: false,
      verbosity: 0,
    })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has one listener, its maker
  self.postMessage(await capturePdf(source, open, pdfLimits))
}
