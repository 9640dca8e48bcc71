import { captureResult } from '../../../protocol/capture.ts'
import type { CaptureResult } from '../../../protocol/capture.ts'
import type { PdfSource } from './capture-pdf.ts'

/** Beyond what parsing may take: a worker that does not answer by then never will. */
const ANSWER_MS = 90_000

/** Reads a PDF in a worker of its own, which ends with the answer, or with the signal. The bytes are given away. */
export async function parsePdf(source: PdfSource, signal: AbortSignal): Promise<CaptureResult> {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module', name: 'pdf' })
  try {
    return await answerOf(worker, source, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]))
  } finally {
    worker.terminate()
  }
}

async function answerOf(worker: Worker, source: PdfSource, signal: AbortSignal): Promise<CaptureResult> {
  const { promise, resolve } = Promise.withResolvers<CaptureResult>()
  const fail = (): void => resolve({ ok: false, code: 'pdf_broken' })
  worker.addEventListener('message', ({ data }) => {
    const parsed = captureResult.safeParse(data)
    if (parsed.success) resolve(parsed.data)
    else fail()
  })
  worker.addEventListener('error', fail)
  signal.addEventListener('abort', () => resolve({ ok: false, code: 'pdf_slow' }), { once: true })
  if (signal.aborted) fail()
  else worker.postMessage(source, [source.data.buffer])
  return await promise
}
