import { cleanText } from './clean-text.ts'
import { attributeOf, documentElementOf, titleOf } from './dom-access.ts'
import { collapseSpace } from './white-space.ts'

export interface PageDetails {
  /** At most 2,048 characters: of a longer address origin and path, cut. */
  readonly url: string
  /** At most 512 characters, on one line. */
  readonly title: string
  /** A canonical BCP 47 tag, or empty when the page names none or a wrong one. */
  readonly lang: string
}

const urlLimit = 2_048
const titleLimit = 512

export function pageDetails(page: Document, href: string): PageDetails {
  return { url: shortUrl(href), title: shortTitle(titleOf(page)), lang: languageOf(page) }
}

function shortUrl(href: string): string {
  if (href.length <= urlLimit) return href
  const { origin, pathname, protocol } = new URL(href)
  return (origin === 'null' ? protocol + pathname : origin + pathname).slice(0, urlLimit)
}

function shortTitle(title: string): string {
  const clean = collapseSpace(cleanText(title.slice(0, titleLimit * 8))).trim()
  const last = clean.charCodeAt(titleLimit - 1)
  return clean.slice(0, last >= 0xd800 && last <= 0xdbff ? titleLimit - 1 : titleLimit)
}

function languageOf(page: Document): string {
  const root = documentElementOf(page)
  const tag = (root && (attributeOf(root, 'lang') ?? attributeOf(root, 'xml:lang')))?.trim().replaceAll('_', '-')
  if (!tag) return ''
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? ''
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}
