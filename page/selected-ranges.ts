import {
  activeElementOf,
  documentElementOf,
  elementsIn,
  frameDocumentOf,
  framesIn,
  isElement,
  localNameOf,
  openShadowRootOf,
} from './dom-access.ts'
import { captureLimits } from './limits.ts'

/** A stretch of the page that is selected, and its words as the browser lays them out. */
export interface SelectedRange {
  readonly range: Range
  readonly text: string
}

/**
 * What is selected on a page: in its own tree, in an open shadow root, or in frames of its own origin. Each document
 * keeps a selection of its own, so that the one with the focus counts before others, which may be of long ago. Some
 * browsers let one selection hold several ranges.
 *
 * @param depth of the document in frames of others
 */
export function selectedRanges(page: Document, selection: Selection | null, depth = 0): SelectedRange[] {
  const focused = activeElementOf(page)
  const inFocus = focused === null ? [] : inFrame(focused, depth)
  if (inFocus.length > 0) return inFocus
  const own = rangesOf(selection)
  if (own.length > 0) return own
  const root = documentElementOf(page)
  if (root === null) return []
  // To its document a selection within a shadow root is empty, but it is one.
  const inShadow = selection === null || selection.rangeCount === 0 ? [] : firstInShadow(elementsIn(root))
  return inShadow.length > 0 ? inShadow : Array.from(framesIn(root)).flatMap((frame) => inFrame(frame, depth))
}

function inFrame(element: Element, depth: number): SelectedRange[] {
  if (depth >= captureLimits.frameDepth) return []
  const frame = /^i?frame$/.test(localNameOf(element)) ? frameDocumentOf(element) : null
  return frame === null ? [] : selectedRanges(frame, Document.prototype.getSelection.call(frame), depth + 1)
}

function rangesOf(selection: Selection | null): SelectedRange[] {
  if (selection === null || selection.isCollapsed) return []
  const ranges = Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at))
  // Only the whole selection is given as it is laid out, with its line breaks.
  return ranges.map((range) => ({ range, text: ranges.length === 1 ? selection.toString() : range.toString() }))
}

/** Elements of one tree that are searched for shadow roots: looking at each of a million takes seconds. */
const searched = 50_000

function firstInShadow(elements: Iterable<Element>): SelectedRange[] {
  let looked = 0
  for (const element of elements) {
    if (++looked > searched) break
    const root = openShadowRootOf(element)
    if (root === null) continue
    const own = rangesOf(selectionIn(root))
    if (own.length > 0) return own
    const deeper = firstInShadow(Array.from(root.children, withDescendants).flat())
    if (deeper.length > 0) return deeper
  }
  return []
}

function withDescendants(element: Element): Element[] {
  return [element, ...elementsIn(element)]
}

/** Chromium's shadow roots tell their own selection, which no specification has. */
function selectionIn(root: ShadowRoot): Selection | null {
  const getSelection: unknown = Reflect.get(root, 'getSelection')
  const selection: unknown = typeof getSelection === 'function' ? Reflect.apply(getSelection, root, []) : null
  if (!(selection instanceof Selection) || selection.rangeCount === 0) return null
  const { startContainer } = selection.getRangeAt(0)
  return (isElement(startContainer) ? startContainer : startContainer.parentNode)?.getRootNode() === root
    ? selection
    : null
}
