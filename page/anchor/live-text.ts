import {
  assignedNodesOf,
  childNodesOf,
  documentElementOf,
  frameDocumentOf,
  isElement,
  isText,
  localNameOf,
  openShadowRootOf,
  windowOf,
} from '../dom-access.ts'
import { blockNames, metadataNames, unreadNames } from '../element-kinds.ts'
import { renderingIn } from './rendering.ts'

/** One text node and where its characters begin in the joined text. */
export interface LivePiece {
  readonly node: Text
  readonly start: number
}

/** The text that a page shows, as it stands in its text nodes, with a line break where a block begins or ends. */
export interface LiveText {
  readonly text: string
  readonly pieces: readonly LivePiece[]
}

interface Level {
  readonly nodes: ArrayLike<Node>
  next: number
  readonly seen: boolean
  readonly boxed: boolean
  readonly renderingOf: ReturnType<typeof renderingIn>
}

/**
 * Reads a live document without changing it: open shadow roots in place of their hosts' children, slotted nodes where
 * they are shown, frames of the same origin where they stand. What is folded away in a `<details>` counts as shown.
 */
export function liveText(page: Document): LiveText {
  const parts: string[] = []
  const pieces: LivePiece[] = []
  let length = 0
  const add = (text: string): void => {
    parts.push(text)
    length += text.length
  }

  const levels: Level[] = [levelOf(page)]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const node = level.nodes[level.next++]
    if (node === undefined) {
      if (level.boxed) add('\n')
      levels.pop()
    } else if (isText(node)) {
      if (!level.seen || node.data === '') continue
      pieces.push({ node, start: length })
      add(node.data)
    } else if (isElement(node)) {
      const inner = levelWithin(node, level)
      if (!inner) continue
      if (inner.boxed) add('\n')
      levels.push(inner)
    }
  }
  return { text: parts.join(''), pieces }
}

function levelOf(page: Document): Level {
  const root = documentElementOf(page)
  return { nodes: root === null ? [] : [root], next: 0, seen: true, boxed: true, renderingOf: renderingIn(page) }
}

function levelWithin(element: Element, { renderingOf }: Level): Level | undefined {
  const name = localNameOf(element)
  if (metadataNames.has(name)) return undefined
  const isFrame = name === 'iframe' || name === 'frame'
  if (unreadNames.has(name) && !isFrame) return undefined
  const { visibility, boxed } = renderingOf(element)
  if (visibility === 'gone') return undefined
  if (isFrame) {
    const inner = frameDocumentOf(element)
    return inner && visibility === 'seen' && windowOf(inner) !== null ? levelOf(inner) : undefined
  }
  const isBox = boxed || blockNames.has(name) || name === 'br'
  return { nodes: shownChildren(element, name), next: 0, seen: visibility === 'seen', boxed: isBox, renderingOf }
}

function shownChildren(element: Element, name: string): ArrayLike<Node> {
  const shadow = openShadowRootOf(element)
  if (shadow !== null) return childNodesOf(shadow)
  if (name === 'slot') {
    const assigned = assignedNodesOf(element)
    if (assigned.length > 0) return assigned
  }
  return childNodesOf(element)
}
