import { localNameOf, shownParentOf, windowOf } from '../dom-access.ts'

/** Opens what folds a passage away, and scrolls it to the middle of all that scrolls around it, at once. */
export function bringIntoView(range: Range): void {
  const element = shownParentOf(range.startContainer)
  if (!element) return
  for (let around: Element | null = element; around !== null; around = parentOf(around)) {
    if (localNameOf(around) === 'details' && !around.hasAttribute('open')) around.setAttribute('open', '')
  }
  // `instant` whatever the page says of scrolling: a long glide helps nobody, least of all who asked for less motion.
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  const window = element.ownerDocument && windowOf(element.ownerDocument)
  if (!window) return
  // An element taller than the window: its middle need not be where the passage stands.
  const { top, bottom } = range.getBoundingClientRect()
  if (top >= 0 && bottom <= window.innerHeight) return
  window.scrollBy({ top: (top + bottom - window.innerHeight) / 2, behavior: 'instant' })
}

/** The next element outwards, as it is laid out: into slots, out of shadow roots and out of frames too. */
function parentOf(node: Node): Element | null {
  const document = node.ownerDocument
  return shownParentOf(node) ?? (document && windowOf(document)?.frameElement) ?? null
}
