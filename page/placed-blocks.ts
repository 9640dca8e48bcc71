import type { Block, ToBlocks } from './block.ts'
import { cleanText } from './clean-text.ts'
import { codeText } from './code-text.ts'
import { isElement, isText } from './dom-access.ts'
import { blockNames, metadataNames } from './element-kinds.ts'
import { replacedText } from './replaced-text.ts'
import { lineText } from './line-text.ts'
import { isDataList, listItems } from './list-text.ts'
import { quoteText } from './quote-text.ts'
import { isDataTable, tableText } from './table-text.ts'
import { collapseSpace } from './white-space.ts'

/** A block with where it came from. Items of a list are blocks of their own here: a page may mix what is its own in. */
export interface PlacedBlock extends Block {
  /** The innermost block element that holds it. */
  readonly element: Element
  /** The list that a list item belongs to. */
  readonly list?: Element
  /** Share of its characters that are links, between 0 and 1. */
  readonly linked: number
}

/** The blocks of a copied tree, in reading order; see `markdownBlocks`, which nested blocks are made with. */
export function placedBlocks(root: Node, toBlocks: ToBlocks): readonly PlacedBlock[] {
  const blocks: PlacedBlock[] = []
  let line = ''
  let linkedLength = 0
  let inLink = 0
  let around: Element | null = isElement(root) ? root : null
  let lineElement = around

  function endLine(): void {
    if (line === '') return
    const linked = Math.min(1, linkedLength / line.length)
    for (const paragraph of line.split(/\n[ \n]*\n/)) {
      const text = paragraph
        .replace(/ {2,}/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .trim()
      if (text !== '' && lineElement !== null) blocks.push({ kind: 'paragraph', text, element: lineElement, linked })
    }
    line = ''
    linkedLength = 0
  }

  function add(text: string): void {
    if (line.trim() === '') lineElement = around
    line += text
    if (inLink > 0) linkedLength += text.length
  }

  function visit(parent: Node): void {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (isText(node)) add(collapseSpace(cleanText(node.data)))
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
      add(replaced)
      return
    }
    if (!blockNames.has(name)) {
      const isLink = name === 'a' ? 1 : 0
      inLink += isLink
      visit(element)
      inLink -= isLink
      return
    }
    endLine()
    const convert = converterOf(element)
    if (convert === undefined) {
      const outer = around
      around = element
      visit(element)
      endLine()
      around = outer
      return
    }
    for (const block of convert(element, toBlocks)) {
      if (block.text !== '') blocks.push({ ...block, linked: inLink > 0 ? 1 : linkedShare(block.element) })
    }
  }

  visit(root)
  endLine()
  return blocks
}

type Converter = (element: Element, toBlocks: ToBlocks) => readonly Omit<PlacedBlock, 'linked'>[]

function converterOf(element: Element): Converter | undefined {
  const name = element.localName
  if (name === 'table' && !isDataTable(element)) return undefined
  if (converters[name] === list && !isDataList(element)) return undefined
  return converters[name]
}

const heading: Converter = (element, toBlocks) => {
  const text = lineText(toBlocks(element))
  const marked = text === '' ? '' : `${'#'.repeat(Number(element.localName[1]))} ${text}`
  return [{ kind: 'heading', text: marked, element }]
}

const list: Converter = (element, toBlocks) =>
  listItems(element, toBlocks).map((item) => ({ kind: 'list', ...item, list: element }))

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
  blockquote: (element, toBlocks) => [{ kind: 'quote', text: quoteText(element, toBlocks), element }],
  pre: (element) => [{ kind: 'code', text: codeText(element), element }],
  table: (element, toBlocks) => [{ kind: 'table', text: tableText(element, toBlocks), element }],
}

function linkedShare(element: Element): number {
  const whole = element.textContent.length
  if (whole === 0) return 0
  let linked = 0
  for (const link of element.querySelectorAll('a')) linked += link.textContent.length
  return Math.min(1, linked / whole)
}
