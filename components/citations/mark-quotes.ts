import type { QuoteRange } from './block-ranges.ts'
import { isCode, isInline } from './hast.ts'
import type { HastNode } from './hast.ts'
import { valueOffset } from './value-offset.ts'

/** The element that stands for a quotation. No answer can hold it: it is made after the answer was sanitised. */
export const QUOTE_ELEMENT = 'gloss-quote'

/**
 * A rehype plugin, to run after sanitising: puts each quotation into an element that names its view. It goes by the
 * places that nodes have in the Markdown, never by what they say, so that nothing an answer says can make one.
 */
export function markQuotes(ranges: readonly QuoteRange[]): (tree: HastNode, file: { value: unknown }) => void {
  return (tree, file) => {
    if (typeof file.value === 'string') markIn(tree, ranges, file.value)
  }
}

function markIn(node: HastNode, ranges: readonly QuoteRange[], source: string): void {
  if (!node.children || isCode(node)) return
  const marked: HastNode[] = []
  let line: HastNode[] = []
  const endLine = (): void => {
    marked.push(...markLine(line, ranges, source))
    line = []
  }
  for (const child of node.children) {
    if (isInline(child)) line.push(child)
    else {
      endLine()
      markIn(child, ranges, source)
      marked.push(child)
    }
  }
  endLine()
  node.children = marked
}

function markLine(line: readonly HastNode[], ranges: readonly QuoteRange[], source: string): HastNode[] {
  const marked: HastNode[] = []
  let rest = line
  for (const { view, start, end } of ranges) {
    const [before, from] = split(rest, start, source)
    const [inside, after] = split(from, end, source)
    if (!inside.some(hasText)) continue
    marked.push(...before, {
      type: 'element',
      tagName: QUOTE_ELEMENT,
      properties: { dataView: view },
      children: inside,
    })
    rest = after
  }
  return [...marked, ...rest]
}

function hasText(node: HastNode): boolean {
  return node.type === 'text' ? (node.value ?? '').trim() !== '' : (node.children ?? []).some(hasText)
}

/** Nodes that stand before a place in the Markdown, and those from it on; one that stands on both sides is cut. */
function split(nodes: readonly HastNode[], at: number, source: string): [before: HastNode[], after: HastNode[]] {
  const [before, after]: [HastNode[], HastNode[]] = [[], []]
  let last = 0
  for (const node of nodes) {
    const [start, end] = [node.position?.start.offset ?? last, node.position?.end.offset ?? last]
    last = end
    if (end <= at) before.push(node)
    else if (start >= at) after.push(node)
    else {
      const [left, right] = cut(node, { start, at, end }, source)
      if (left) before.push(left)
      if (right) after.push(right)
    }
  }
  return [before, after]
}

interface Cut {
  readonly start: number
  readonly at: number
  readonly end: number
}

function cut(node: HastNode, { start, at, end }: Cut, source: string): [HastNode | undefined, HastNode | undefined] {
  const position = {
    left: { start: { offset: start }, end: { offset: at } },
    right: { start: { offset: at }, end: { offset: end } },
  }
  if (node.type === 'text') {
    const value = node.value ?? ''
    const to = valueOffset(source.slice(start, end), value, at - start)
    return [
      to > 0 ? { type: 'text', value: value.slice(0, to), position: position.left } : undefined,
      to < value.length ? { type: 'text', value: value.slice(to), position: position.right } : undefined,
    ]
  }
  // Code is one thing: what begins before the place stays before it.
  if (!node.children || isCode(node)) return [node, undefined]
  const [left, right] = split(node.children, at, source)
  return [
    left.length > 0 ? { ...node, children: left, position: position.left } : undefined,
    right.length > 0 ? { ...node, children: right, position: position.right } : undefined,
  ]
}
