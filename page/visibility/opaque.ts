import { localNameOf } from '../dom-access.ts'
import { fadeOf } from './clip.ts'
import type { Eye } from './look.ts'
import { isSet } from './style.ts'

export const pictureNames: ReadonlySet<string> = new Set('img video canvas svg picture iframe object embed'.split(' '))

/** Whether nothing shows through an element's own box. Pictures may be transparent and are taken to be. */
export function isOpaque(element: Element, eye: Eye): boolean {
  const style = eye.styleOf(element)
  if (style.visibility === 'hidden' || fadeOf(style) < 0.9) return false
  return (eye.readColour(style.backgroundColor)?.alpha ?? 0) >= 0.9
}

/** Whether an element paints something that is not a plain page: a picture, or a background of its own. */
export function isPainted(element: Element, eye: Eye): boolean {
  const style = eye.styleOf(element)
  if (style.visibility === 'hidden' || fadeOf(style) < 0.1) return false
  if (pictureNames.has(localNameOf(element)) || isSet(style.backgroundImage)) return true
  return (eye.readColour(style.backgroundColor)?.alpha ?? 0) >= 0.1
}
