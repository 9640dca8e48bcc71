import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { Deadline } from './deadline.ts'
import type { PdfLimits } from './pdf-limits.ts'
import { textLines } from './text-lines.ts'
import type { TextLine } from './text-lines.ts'

export interface ReadPages {
  /** The lines of each page from the first on. */
  readonly pages: readonly (readonly TextLine[])[]
  /** A limit was hit, or a page could not be read. */
  readonly truncated: boolean
}

/** Reads page by page, up to the limits or the deadline. A damaged page counts as one without text. */
export async function readPages(document: PDFDocumentProxy, limits: PdfLimits, deadline: Deadline): Promise<ReadPages> {
  const pages: TextLine[][] = []
  const count = Math.min(document.numPages, limits.pages)
  let truncated = document.numPages > count
  let characters = 0
  for (let number = 1; number <= count; number += 1) {
    const lines = await deadline.for(readPage(document, number))
    if (lines === undefined || characters > limits.textBytes) return { pages, truncated: true }
    if (lines === 'damaged') truncated = true
    pages.push(lines === 'damaged' ? [] : lines)
    for (const { text } of pages.at(-1) ?? []) characters += text.length
  }
  return { pages, truncated }
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<TextLine[] | 'damaged'> {
  try {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    page.cleanup()
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view
    return textLines(
      items.filter((item) => 'str' in item),
      [left, bottom, right, top],
    )
  } catch (error) {
    if (error instanceof Error) return 'damaged'
    throw error
  }
}
