import { boxOf, elementsIn, isWithin, shownParentOf } from '../dom-access.ts'
import { fadeOf } from './clip.ts'
import type { Eye } from './look.ts'
import { isOpaque } from './opaque.ts'
import type { Area } from './reach.ts'
import { isPositioned, isSet, numberIn } from './style.ts'
import type { Style } from './style.ts'

const elementLimit = 3_000

/**
 * Whether a text in an element of negative `z-index` is hidden by what is painted after it: any opaque box of the same
 * stacking context, its own ancestors up to there included.
 */
export function isCovered(place: Area, parent: Element, sunken: Element, eye: Eye): boolean {
  const own = new Set<Element>()
  for (let at: Element | null = parent; at !== null && at !== sunken; at = shownParentOf(at)) own.add(at)
  let context = shownParentOf(sunken)
  while (context !== null && !isStackingContext(context, eye.styleOf(context))) {
    if (covers(context, place, eye)) return true
    context = shownParentOf(context)
  }
  if (context === null) return false
  let looked = 0
  for (const element of elementsIn(context)) {
    if (++looked > elementLimit) return false
    if (element === sunken || own.has(element) || isWithin(element, sunken)) continue
    if (covers(element, place, eye) && !isSunken(element, context, eye)) return true
  }
  return false
}

function covers(element: Element, place: Area, eye: Eye): boolean {
  const box = boxOf(element)
  const width = Math.min(box.right, place.right) - Math.max(box.left, place.left)
  const height = Math.min(box.bottom, place.bottom) - Math.max(box.top, place.top)
  const whole = (place.right - place.left) * (place.bottom - place.top)
  return (
    width > 0 &&
    height > 0 &&
    width * height >= 0.8 * whole &&
    eye.styleOf(element).display !== 'none' &&
    isOpaque(element, eye)
  )
}

function isSunken(element: Element, context: Element, eye: Eye): boolean {
  for (let at: Element | null = element; at !== null && at !== context; at = shownParentOf(at)) {
    const style = eye.styleOf(at)
    if (isPositioned(style) && numberIn(style.zIndex) < 0) return true
  }
  return false
}

function isStackingContext(element: Element, style: Style): boolean {
  return (
    shownParentOf(element) === null ||
    style.position === 'fixed' ||
    style.position === 'sticky' ||
    (isPositioned(style) && style.zIndex !== '' && style.zIndex !== 'auto') ||
    isSet(style.transform) ||
    isSet(style.filter) ||
    fadeOf(style) < 1
  )
}
