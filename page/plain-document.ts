import type { Block } from './block.ts'
import { cleanText } from './clean-text.ts'
import { preservedSpace } from './white-space.ts'

/**
 * The text of a document that the browser shows as it is (plain text, JSON, source files, XML), one block a
 * paragraph; `undefined` for a page of HTML.
 */
export function plainBlocks(page: Document, contentType: string): readonly Block[] | undefined {
  const shown = shownText(page, contentType)
  if (shown === undefined) return undefined
  return preservedSpace(cleanText(shown))
    .split(/\n\n+/)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ kind: 'paragraph', text }))
}

function shownText(page: Document, contentType: string): string | undefined {
  if (/^(?:text|application)\/(?:html|xhtml\+xml)$/.test(contentType)) return undefined
  if (/[/+]xml$/.test(contentType)) return xmlSource(page)
  return /^text\/|json|javascript/.test(contentType) ? page.querySelector('body > pre')?.textContent : undefined
}

/** Chrome shows XML without a style sheet as a tree and keeps the source in this element. */
function xmlSource(page: Document): string | undefined {
  const source = page.getElementById('webkit-xml-viewer-source-xml')?.firstElementChild
  return source === null || source === undefined ? undefined : new XMLSerializer().serializeToString(source)
}
