import type { Block } from './block.ts'
import { cleanText } from './clean-text.ts'
import { contentTypeOf } from './dom-access.ts'
import { preservedSpace } from './white-space.ts'

/**
 * The text of a document that the browser shows as it is (plain text, JSON, XML and other source files), one
 * block a paragraph; `undefined` for a page of HTML.
 */
export function plainBlocks(page: Document): readonly Block[] | undefined {
  const type = contentTypeOf(page)
  if (type === 'text/html' || type === 'application/xhtml+xml' || !/^text\/|[/+](?:json|xml)$/.test(type))
    return undefined
  const shown = page.querySelector('body > pre')?.textContent ?? sourceOf(page)
  if (shown === undefined) return undefined
  return preservedSpace(cleanText(shown))
    .split(/\n\n+/)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ kind: 'paragraph', text }))
}

/** Chrome shows XML without a style sheet as a tree and keeps the source in this element. */
function sourceOf(page: Document): string | undefined {
  const source = page.getElementById('webkit-xml-viewer-source-xml')?.firstElementChild
  return source === null || source === undefined ? undefined : new XMLSerializer().serializeToString(source)
}
