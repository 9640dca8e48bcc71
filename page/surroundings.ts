import { cleanText } from './clean-text.ts'
import { isText, localNameOf } from './dom-access.ts'
import { blockNames, frameNames, unreadNames } from './element-kinds.ts'
import { collapseSpace } from './white-space.ts'

const contextLength = 64
/** Text nodes looked at on each side: enough for any ordinary page, and an end to it on an extraordinary one. */
const nodeLimit = 200

/** The shown text just before `first` and just after `last`, at most 64 characters each, white space collapsed. */
export function surroundings(first: Range, last: Range): { prefix: string; suffix: string } {
  const prefix = nearby(textsBefore(first.startContainer, first.startOffset), (piece, all) => piece + all)
  const suffix = nearby(textsAfter(last.endContainer, last.endOffset), (piece, all) => all + piece)
  return {
    prefix: prefix.slice(-contextLength).trimStart().toWellFormed(),
    suffix: suffix.slice(0, contextLength).trimEnd().toWellFormed(),
  }
}

interface Piece {
  readonly node: Node
  readonly text: string
}

function nearby(pieces: Iterable<Piece>, join: (piece: string, all: string) => string): string {
  let all = ''
  let block: Element | null | undefined
  let nodes = 0
  for (const { node, text } of pieces) {
    if (all.length > contextLength || ++nodes > nodeLimit) break
    if (!isShown(node.parentElement)) continue
    const itsBlock = blockOf(node)
    if (block !== undefined && itsBlock !== block) all = join(' ', all)
    block = itsBlock
    all = collapseSpace(join(cleanText(text), all))
  }
  return all
}

function* textsBefore(container: Node, offset: number): Generator<Piece> {
  const walker = textWalker(container)
  const child = container.childNodes[offset]
  if (isText(container)) yield { node: container, text: container.data.slice(0, offset) }
  else if (child !== undefined) walker.currentNode = child
  else if (walker.lastChild() !== null) yield pieceOf(walker.currentNode)
  while (walker.previousNode() !== null) yield pieceOf(walker.currentNode)
}

function* textsAfter(container: Node, offset: number): Generator<Piece> {
  const walker = textWalker(container)
  const child = container.childNodes[offset]
  if (isText(container)) yield { node: container, text: container.data.slice(offset) }
  else if (child === undefined) walker.lastChild()
  else {
    walker.currentNode = child
    if (isText(child)) yield pieceOf(child)
  }
  while (walker.nextNode() !== null) yield pieceOf(walker.currentNode)
}

function textWalker(start: Node): TreeWalker {
  const walker = document.createTreeWalker(start.getRootNode(), NodeFilter.SHOW_TEXT)
  walker.currentNode = start
  return walker
}

function pieceOf(node: Node): Piece {
  return { node, text: node.nodeValue ?? '' }
}

function isShown(parent: Element | null): boolean {
  if (parent === null) return true
  return (
    !unreadNames.has(localNameOf(parent)) &&
    !frameNames.has(localNameOf(parent)) &&
    parent.checkVisibility({ visibilityProperty: true })
  )
}

function blockOf(node: Node): Element | null {
  let element = node.parentElement
  while (element !== null && !blockNames.has(localNameOf(element))) element = element.parentElement
  return element
}
