import { boxOf, elementsIn, isWithin, shownParentOf } from '../dom-access.ts'
import type { Eye } from './look.ts'
import { isPainted } from './opaque.ts'
import { isCentredIn } from './reach.ts'
import type { Area } from './reach.ts'
import { contrast } from './colour.ts'
import { seenContrast } from './text-colour.ts'

const climbLimit = 6
const elementLimit = 200

/**
 * Whether something other than the text's ancestors is painted where the text stands, so that the colours behind its
 * ancestors do not count: a heading laid over a picture or over a coloured box.
 */
export function isPicturedBehind(place: Area, parent: Element, ink: string, eye: Eye): boolean {
  const ancestors = new Set<Element>()
  let around: Element | null = parent
  for (let at: Element | null = parent; at !== null; at = shownParentOf(at)) {
    ancestors.add(at)
    if (ancestors.size <= climbLimit) around = at
  }
  const text = eye.readColour(ink)
  let looked = 0
  for (const element of elementsIn(around)) {
    if (++looked > elementLimit) return false
    if (ancestors.has(element) || isWithin(element, parent) || !isCentredIn(place, boxOf(element))) continue
    if (!isPainted(element, eye)) continue
    const colour = eye.readColour(eye.styleOf(element).backgroundColor)
    const isSameColour =
      text !== undefined && colour !== undefined && colour.alpha >= 0.9 && contrast(text, colour) < seenContrast
    if (!isSameColour) return true
  }
  return false
}
