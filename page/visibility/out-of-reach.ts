import { boxOf, measureOf, shownParentOf } from '../dom-access.ts'
import { isCentredIn, isFarFrom, touches } from './reach.ts'
import type { Area, Reach } from './reach.ts'
import { waitsToAppear } from './reveal.ts'
import { isOutOfFlow, isPositioned, isSet, numberIn } from './style.ts'
import type { Style } from './style.ts'

/** Ancestors looked at. What lies deeper than any page needs is taken to be in its place. */
const climbLimit = 1_000
/** px by which nothing is moved that is meant to be read. */
const farAway = 1_000

/**
 * Whether a text or box was put where no reader gets: beyond the edges of the page, or far off from all that is laid
 * out. The other slides of a carousel, the rest of a cut text and what waits to slide in are not out of reach: a box
 * that is partly shown holds them.
 */
export function isOutOfReach(
  rect: Area,
  element: Element,
  reach: Reach,
  styleOf: (element: Element) => Style,
): boolean {
  const unreachable = !touches(rect, reach.area())
  if (!unreachable && !isFarFrom(rect, reach.view())) return isIndentedAway(rect, element, reach, styleOf)
  if (isIndented(styleOf(element))) return true
  if (unreachable && scrollsBackwards(element, reach, styleOf)) return false

  const view = reach.view()
  let outOfFlow = false
  let at: Element | null = element
  for (let climbed = 0; at !== null && climbed < climbLimit; climbed++) {
    const style = styleOf(at)
    const box = outOfFlow ? boxOf(at) : withOverflow(boxOf(at), at)
    if (touches(box, view) && isCentredIn(rect, box) && !isMovedFar(style)) return false
    if (unreachable && isSet(style.transform) && waitsToAppear(style)) return false
    if (at === reach.element || (style.position === 'fixed' && reach.kind === 'window')) return true
    outOfFlow ||= isOutOfFlow(style) || isMovedFar(style)
    at = shownParentOf(at)
  }
  return at === null
}

function withOverflow({ left, top, right, bottom }: DOMRect, element: Element): Area {
  const startX = left - measureOf(element, 'scrollLeft')
  const startY = top - measureOf(element, 'scrollTop')
  return {
    left: Math.min(left, startX),
    top: Math.min(top, startY),
    right: Math.max(right, startX + measureOf(element, 'scrollWidth')),
    bottom: Math.max(bottom, startY + measureOf(element, 'scrollHeight')),
  }
}

function isMovedFar(style: Style): boolean {
  const lengths = [style.marginLeft, style.marginTop, style.paddingLeft, style.paddingTop]
  if (isPositioned(style)) lengths.push(style.left, style.top, style.right, style.bottom)
  return lengths.some((length) => Math.abs(numberIn(length)) >= farAway)
}

function isIndented({ textIndent }: Style): boolean {
  return Math.abs(numberIn(textIndent)) >= 100 || (textIndent.endsWith('%') && numberIn(textIndent) !== 0)
}

/** Text that begins, by its indent, where the box that clips it ends. */
function isIndentedAway(rect: Area, element: Element, reach: Reach, styleOf: (element: Element) => Style): boolean {
  return reach.kind === 'clipper' && !touches(rect, reach.view()) && isIndented(styleOf(element))
}

/** Right-to-left pages and reversed boxes scroll to where the others end. */
function scrollsBackwards(element: Element, reach: Reach, styleOf: (element: Element) => Style): boolean {
  if (reach.kind === 'window') return false
  const { direction, flexDirection } = styleOf(reach.element ?? element)
  return direction === 'rtl' || flexDirection.endsWith('reverse')
}
