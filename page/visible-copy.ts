import { copyElement, isBoxByStyle, treatmentOf } from './copy-element.ts'
import { childNodesOf, documentElementOf, inertDocument, isElement, isText, openShadowRootOf } from './dom-access.ts'
import type { CaptureLimits } from './limits.ts'
import { pace } from './pace.ts'
import { renderingIn } from './visibility.ts'
import type { Rendering } from './visibility.ts'

export interface VisibleCopy {
  /** An inert document with what the page shows: no scripts, styles, hidden parts, frames or form values. */
  readonly document: Document
  readonly elements: number
  /** UTF-16 units of all text copied. */
  readonly characters: number
  readonly truncated: boolean
}

interface Level {
  readonly nodes: readonly Node[]
  next: number
  readonly into: Node
  readonly depth: number
  readonly seen: boolean
  readonly spaced: boolean
}

const metadata: Rendering = { visibility: 'seen', boxed: false }

/**
 * Copies what a page shows. The page is only read, and has its turn between slices of a long copy: what it adds or
 * removes then may or may not be in the copy, and the copy ends in time whatever it does. Open shadow roots are copied
 * in place of their hosts' children, slotted nodes where they are shown.
 */
export async function copyVisible(
  page: Document,
  limits: CaptureLimits,
  renderingOf = renderingIn(page),
): Promise<VisibleCopy> {
  const copy = inertDocument(page)
  const root = documentElementOf(page)
  copy.documentElement.remove()
  const levels: Level[] = [
    { nodes: root === null ? [] : [root], next: 0, into: copy, depth: 0, seen: true, spaced: false },
  ]
  let elements = 0
  let characters = 0
  let truncated = false
  const turn = pace()
  const end = performance.now() + limits.copyMilliseconds

  for (let level = levels.at(-1); level !== undefined && !truncated; level = levels.at(-1)) {
    const due = turn()
    if (due) {
      await due
      truncated = performance.now() > end
      if (truncated) break
    }
    const node = level.nodes[level.next++]
    if (node === undefined) {
      if (level.spaced) level.into.appendChild(copy.createTextNode(' '))
      levels.pop()
    } else if (isText(node)) {
      if (!level.seen) continue
      const text = node.data.slice(0, limits.textBytes - characters)
      truncated = text.length < node.data.length
      characters += text.length
      level.into.appendChild(copy.createTextNode(text))
    } else if (isElement(node)) {
      const treatment = treatmentOf(node)
      if (treatment === 'drop') continue
      const { visibility, boxed } = treatment === 'metadata' ? metadata : renderingOf(node)
      if (visibility === 'gone') continue
      truncated = ++elements > limits.elements
      if (truncated) break
      const depth = level.depth + 1
      const tooDeep = depth > limits.depth
      const spaced = tooDeep || isBoxByStyle(node, boxed)
      const into = tooDeep ? level.into : level.into.appendChild(copyElement(node, copy))
      if (spaced) into.appendChild(copy.createTextNode(' '))
      levels.push({ nodes: shownChildren(node), next: 0, into, depth, seen: visibility === 'seen', spaced })
    }
  }
  return { document: copy, elements, characters, truncated }
}

/** A list of the moment: the page may change its own while it has its turn. */
function shownChildren(element: Element): readonly Node[] {
  const shadow = openShadowRootOf(element)
  if (shadow !== null) return [...childNodesOf(shadow)]
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes()
    if (assigned.length > 0) return assigned
  }
  return [...childNodesOf(element)]
}
