import type { Block, ToBlocks } from './block.ts'
import { cleanText } from './clean-text.ts'
import { codeText } from './code-text.ts'
import { isElement, isText } from './dom-access.ts'
import { blockNames, metadataNames } from './element-kinds.ts'
import { replacedText } from './replaced-text.ts'
import { lineText } from './line-text.ts'
import { isDataList, listItemSteps } from './list-text.ts'
import { quoteTextSteps } from './quote-text.ts'
import type { Steps } from './steps.ts'
import { isDataTable, tableTextSteps } from './table-text.ts'
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

/** The blocks of a copied tree, in reading order; see `markdownBlockSteps`, which nested blocks are made with. */
export function* placedBlockSteps(root: Node, toBlocks: ToBlocks): Steps<readonly PlacedBlock[]> {
  const blocks: PlacedBlock[] = []
  let line = ''
  let isLineBlank = true
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
    isLineBlank = true
    linkedLength = 0
  }

  function add(text: string): void {
    if (isLineBlank) lineElement = around
    isLineBlank &&= text.trim() === ''
    line += text
    if (inLink > 0) linkedLength += text.length
  }

  function* visit(parent: Node): Steps<void> {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (isText(node)) add(collapseSpace(cleanText(node.data)))
      else if (isElement(node)) yield* visitElement(node)
    }
  }

  function* visitElement(element: Element): Steps<void> {
    yield
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
      yield* visit(element)
      inLink -= isLink
      return
    }
    endLine()
    const convert = converterOf(element)
    if (convert === undefined) {
      const outer = around
      around = element
      yield* visit(element)
      endLine()
      around = outer
      return
    }
    for (const block of yield* convert(element, toBlocks)) {
      if (block.text !== '') blocks.push({ ...block, linked: inLink > 0 ? 1 : linkedShare(block.element) })
    }
  }

  yield* visit(root)
  endLine()
  return blocks
}

type Converter = (element: Element, toBlocks: ToBlocks) => Steps<readonly Omit<PlacedBlock, 'linked'>[]>

function converterOf(element: Element): Converter | undefined {
  const name = element.localName
  if (name === 'table' && !isDataTable(element)) return undefined
  if (converters[name] === list && !isDataList(element)) return undefined
  return converters[name]
}

function* heading(element: Element, toBlocks: ToBlocks): ReturnType<Converter> {
  const text = lineText(yield* toBlocks(element))
  const marked = text === '' ? '' : `${'#'.repeat(Number(element.localName[1]))} ${text}`
  return [{ kind: 'heading', text: marked, element }]
}

function* list(element: Element, toBlocks: ToBlocks): ReturnType<Converter> {
  const items = yield* listItemSteps(element, toBlocks)
  return items.map((item) => ({ kind: 'list', ...item, list: element }))
}

function* quote(element: Element, toBlocks: ToBlocks): ReturnType<Converter> {
  return [{ kind: 'quote', text: yield* quoteTextSteps(element, toBlocks), element }]
}

function* code(element: Element): ReturnType<Converter> {
  yield
  return [{ kind: 'code', text: codeText(element), element }]
}

function* table(element: Element, toBlocks: ToBlocks): ReturnType<Converter> {
  return [{ kind: 'table', text: yield* tableTextSteps(element, toBlocks), element }]
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
  blockquote: quote,
  pre: code,
  table,
}

function linkedShare(element: Element): number {
  const whole = element.textContent.length
  if (whole === 0) return 0
  let linked = 0
  for (const link of element.querySelectorAll('a')) linked += link.textContent.length
  return Math.min(1, linked / whole)
}
