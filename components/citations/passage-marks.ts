import { isCode } from './hast.ts'
import type { HastNode } from './hast.ts'

// What the prompt asks a model to write after a quotation, `[P.N]`, and how models vary it (protocol/quote/passage-mark.ts).
const mark = /[ \t]*[[【]\s*(?:[Pp]\.?\s*)?(\d{1,3})\.\d{1,6}(?:\s*[-–,;]\s*(?:\d{1,3}\.)?\d{1,6})*\s*[\]】]/g
const opened = /[ \t]*[[【][\d.,;Pp \t–-]*$/
const codeOrMark = new RegExp(String.raw`(\x60{3,}[^]*?\x60{3,}|\x60[^\x60\n]*\x60)|${mark.source}`, 'g')

/** A rehype plugin: takes the marks of passages of `pages` pages out of what is shown. They are meant for Gloss. */
export function hidePassageMarks(pages: number): (tree: HastNode) => void {
  return (tree) => hideIn(tree, pages)
}

/** An answer to be copied, without its marks. Code stays as it is. */
export function withoutPassageMarks(markdown: string, pages: number): string {
  return markdown.replace(codeOrMark, (written, code: string | undefined, page: string | undefined) =>
    code === undefined && isMark(page, pages) ? '' : written,
  )
}

/** A growing answer without a mark that has only begun. */
export function withoutOpenMark(markdown: string): string {
  return markdown.replace(opened, '')
}

function hideIn(node: HastNode, pages: number): void {
  if (node.type === 'text' && node.value !== undefined) {
    node.value = node.value.replace(mark, (written, page: string) => (isMark(page, pages) ? '' : written))
  }
  if (!node.children || isCode(node)) return
  const empty = new Set(node.children.filter(isEmptyParagraph))
  for (const child of node.children) hideIn(child, pages)
  // A paragraph that held nothing but a mark.
  node.children = node.children.filter((child) => empty.has(child) || !isEmptyParagraph(child))
}

function isMark(page: string | undefined, pages: number): boolean {
  return page !== undefined && Number(page) >= 1 && Number(page) <= pages
}

function isEmptyParagraph(node: HastNode): boolean {
  return node.tagName === 'p' && isEmpty(node)
}

function isEmpty(node: HastNode): boolean {
  if (node.type === 'text') return (node.value ?? '').trim() === ''
  return node.children !== undefined && node.children.every(isEmpty) && node.tagName !== 'img'
}
