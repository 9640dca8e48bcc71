import type { PDFDocumentProxy } from 'pdfjs-dist'
import { cleanText } from '../../../page/clean-text.ts'
import { collapseSpace } from '../../../page/white-space.ts'

const TITLE_LENGTH = 512

/** What word processors write for a title when nobody gave one. */
const noTitle = /^(?:untitled|unbenannt|sans titre|document\d*|microsoft word - .*)$|\.(?:docx?|dvi|tex|indd|qxd|pdf)$/i

/** The title and language a PDF names for itself; without a title, the name of its file. */
export async function pdfDetails(
  document: PDFDocumentProxy,
  fileName: string,
): Promise<{ readonly title: string; readonly lang: string }> {
  const { info } = await document.getMetadata()
  const title = line(Reflect.get(info, 'Title'))
  return { title: title === '' || noTitle.test(title) ? line(fileName) : title, lang: language(info) }
}

function line(value: unknown): string {
  if (typeof value !== 'string') return ''
  return collapseSpace(cleanText(value.slice(0, TITLE_LENGTH))).trim()
}

function language(info: object): string {
  const tag: unknown = Reflect.get(info, 'Language')
  if (typeof tag !== 'string' || tag === '') return ''
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? ''
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}
