import { namespaceOf } from '../dom-access.ts'
import { isCovered } from './covered.ts'
import type { Eye, Sight } from './look.ts'
import { isOutOfReach } from './out-of-reach.ts'
import { isPicturedBehind } from './pictured-behind.ts'
import { onPage } from './reach.ts'
import { inkOf } from './style.ts'
import { isDrawnOtherwise, isSetOff } from './text-colour.ts'

/** px² that a letter needs to be seen at all: set at 3 px it has about 5. */
const letterArea = 4

const svgNamespace = 'http://www.w3.org/2000/svg'

/**
 * Copies a text when a person can see it, as far as it and its ancestors go; what lies over it is found when the whole
 * page has been looked at. `parent` is shown with `sight`.
 */
export function copyIfSeen(text: Text, parent: Element, sight: Sight, eye: Eye, copy: () => ChildNode): void {
  const { reach } = sight
  if (reach?.kind === 'closed') return
  const place = reach === undefined ? undefined : eye.placeOf(text)
  if (!isInk(place, parent, sight, eye)) return
  if (reach === undefined || place === undefined) {
    copy()
    return
  }
  if (isTiny(text, place) || isOutOfReach(place, parent, reach, eye.styleOf)) return
  if (sight.sunken !== undefined && isCovered(place, parent, sight.sunken, eye)) return
  eye.coverings.addText({ element: parent, area: onPage(place, reach), reach, copy: copy() })
}

function isInk(place: DOMRect | undefined, parent: Element, { opacity, behind }: Sight, eye: Eye): boolean {
  const style = eye.styleOf(parent)
  const ink = inkOf(style, namespaceOf(parent) === svgNamespace)
  if (isSetOff(ink, opacity, behind, eye.readColour)) return true
  if (isDrawnOtherwise(style, opacity, behind, eye.readColour)) return true
  return place !== undefined && isPicturedBehind(place, parent, ink, eye)
}

function isTiny(text: Text, { width, height }: DOMRect): boolean {
  const area = width * height
  if (area >= text.data.length * letterArea) return false
  // Marks stand on the letter before them, and spaces may be collapsed.
  const letters = text.data.replace(/[\s\p{M}\p{Cf}]+/gu, '').length
  return area < letters * letterArea
}
