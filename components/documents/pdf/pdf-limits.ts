import { SNAPSHOT_BYTES } from '../../../protocol/snapshot.ts'

/** What reading one PDF may cost. A limit that is hit ends in a shorter text with `truncated` set. */
export interface PdfLimits {
  /** Of the file. Of a larger one the beginning is read, where it can be read alone. */
  readonly fileBytes: number
  readonly pages: number
  /** Milliseconds of parsing. */
  readonly parseMs: number
  /** UTF-8 bytes of the text. */
  readonly textBytes: number
}

export const pdfLimits: PdfLimits = {
  fileBytes: 50_000_000,
  pages: 2_000,
  parseMs: 60_000,
  textBytes: SNAPSHOT_BYTES,
}
