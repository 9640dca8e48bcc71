import { browser } from 'wxt/browser'
import { z } from '../../../protocol/quiet-zod.ts'
import { holdDocument, letGo, takePiece } from './held-document.ts'

/** Bytes of one piece: in base 64, four million characters, which is as much as one answer of an injection may be. */
export const PIECE_BYTES = 3_000_000

/** How long the document may take to come from its address again. */
export const FETCH_MS = 60_000

const heldSchema = z.union([
  z.object({ size: z.int().nonnegative(), cut: z.boolean() }),
  z.object({ failure: z.string() }),
])

export interface FetchedDocument {
  readonly data: Uint8Array<ArrayBuffer>
  /** It was larger than the limit: `data` is its beginning. */
  readonly cut: boolean
}

export interface BoundDocument {
  readonly tabId: number
  readonly documentId: string
  /** Where it came from, of the tab's own origin. */
  readonly address: string
}

/**
 * Fetches a document from within its tab, where it is of the page's own origin and needs no permission of ours. Throws
 * what the browser throws when the tab closes or shows another document meanwhile; `undefined` when it cannot be had.
 */
export async function fetchFromTab(
  { tabId, documentId, address }: BoundDocument,
  limitBytes: number,
): Promise<FetchedDocument | undefined> {
  const target = { tabId, documentIds: [documentId] }
  const name = `gloss-${crypto.randomUUID()}`
  const [held] = await browser.scripting.executeScript({
    target,
    func: holdDocument,
    args: [name, address, { bytes: limitBytes, ms: FETCH_MS }],
  })
  const { data: answer } = heldSchema.safeParse(held?.result)
  if (!answer || 'failure' in answer || answer.size > limitBytes) return undefined
  const data = new Uint8Array(answer.size)
  for (let start = 0; start < data.length; start += PIECE_BYTES) {
    const end = Math.min(start + PIECE_BYTES, data.length)
    const [piece] = await browser.scripting.executeScript({ target, func: takePiece, args: [name, start, end] })
    if (typeof piece?.result !== 'string' || !fill(data, start, end, piece.result)) return undefined
  }
  await browser.scripting.executeScript({ target, func: letGo, args: [name] })
  return { data, cut: answer.cut }
}

function fill(data: Uint8Array, start: number, end: number, base64: string): boolean {
  const binary = atob(base64)
  if (binary.length !== end - start) return false
  for (let at = 0; at < binary.length; at += 1) data[start + at] = binary.charCodeAt(at)
  return true
}
