import type { Block } from './block.ts'
import { cleanText } from './clean-text.ts'
import { codeText } from './code-text.ts'
import { isElement, isText } from './dom-access.ts'
import { blockNames, metadataNames } from './element-kinds.ts'
import { replacedText } from './replaced-text.ts'
import { lineText } from './line-text.ts'
import { listText } from './list-text.ts'
import { quoteText } from './quote-text.ts'
import { isDataTable, tableText } from './table-text.ts'
import { collapseSpace } from './white-space.ts'

/**
 * The Markdown blocks of a copied tree, in reading order. The words are exactly those that are shown, so that a quote
 * can be found on the page again: links keep their text and no address, emphasis and inline code get no marks, and
 * nothing but a table's bars is escaped. Only beginnings of lines carry marks (`#`, `-`, `1.`, `>`), and fences.
 */
export function markdownBlocks(root: Node): readonly Block[] {
  const blocks: Block[] = []
  let line = ''

  function endLine(): void {
    if (line === '') return
    for (const paragraph of line.split(/\n[ \n]*\n/)) {
      const text = paragraph
        .replace(/ {2,}/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .trim()
      if (text !== '') blocks.push({ kind: 'paragraph', text })
    }
    line = ''
  }

  function visit(parent: Node): void {
    for (const node of parent.childNodes) {
      if (isText(node)) line += collapseSpace(cleanText(node.data))
      else if (isElement(node)) visitElement(node)
    }
  }

  function visitElement(element: Element): void {
    const name = element.localName
    if (metadataNames.has(name)) return
    if (name === 'br') {
      line += '\n'
      return
    }
    const replaced = replacedText(element)
    if (replaced !== undefined) {
      line += replaced
      return
    }
    if (!blockNames.has(name)) {
      visit(element)
      return
    }
    endLine()
    const convert = converters[name]
    if (convert === undefined || (name === 'table' && !isDataTable(element))) {
      visit(element)
      endLine()
      return
    }
    const block = convert(element)
    if (block.text !== '') blocks.push(block)
  }

  visit(root)
  endLine()
  return blocks
}

type Converter = (element: Element) => Block

function heading(element: Element): Block {
  const text = lineText(markdownBlocks(element))
  return { kind: 'heading', text: text === '' ? '' : `${'#'.repeat(Number(element.localName[1]))} ${text}` }
}

function list(element: Element): Block {
  return { kind: 'list', text: listText(element, markdownBlocks) }
}

const converters: Readonly<Record<string, Converter>> = {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  ul: list,
  ol: list,
  menu: list,
  dir: list,
  blockquote: (element) => ({ kind: 'quote', text: quoteText(element, markdownBlocks) }),
  pre: (element) => ({ kind: 'code', text: codeText(element) }),
  table: (element) => ({ kind: 'table', text: tableText(element, markdownBlocks) }),
}
