import { isCovered } from './covered.ts'
import type { Eye, Sight } from './look.ts'
import { isOutOfReach } from './out-of-reach.ts'
import { isPicturedBehind } from './pictured-behind.ts'
import { isDrawnOtherwise, isSetOff } from './text-colour.ts'

/** px² that a letter needs to be seen at all: set at 3 px it has about 5. */
const letterArea = 4

/** Whether a person can see a text whose parent is shown with this sight. */
export function isTextSeen(text: Text, parent: Element, sight: Sight, eye: Eye): boolean {
  const { reach, opacity, behind } = sight
  if (reach?.kind === 'closed') return false
  const style = eye.styleOf(parent)
  const place = reach === undefined ? undefined : eye.placeOf(text)
  if (!isSetOff(style, opacity, behind, eye.readColour)) {
    const drawn = isDrawnOtherwise(style, opacity, behind, eye.readColour)
    if (!drawn && (place === undefined || !isPicturedBehind(place, parent, style, eye))) return false
  }
  if (reach === undefined || place === undefined) return true
  if (isTiny(text, place)) return false
  if (isOutOfReach(place, parent, reach, eye.styleOf)) return false
  return sight.sunken === undefined || !isCovered(place, parent, sight.sunken, eye)
}

function isTiny(text: Text, { width, height }: DOMRect): boolean {
  const area = width * height
  if (area >= text.data.length * letterArea) return false
  // Marks stand on the letter before them, and spaces may be collapsed.
  const letters = text.data.replace(/[\s\p{M}\p{Cf}]+/gu, '').length
  return area < letters * letterArea
}
