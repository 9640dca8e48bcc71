import { gradientColours } from './backdrop.ts'
import type { Backdrop } from './backdrop.ts'
import { contrast, paintOver } from './colour.ts'
import type { Colour } from './colour.ts'
import type { ReadColour } from './colour-reader.ts'
import { isSet, numberIn } from './style.ts'
import type { Style } from './style.ts'

/** WCAG asks for 4.5 to read in comfort. Under this there is nothing to see. */
export const seenContrast = 1.2

/** Whether a text's own colour sets it off from what is behind it. A picture behind it is taken to set it off. */
export function isSetOff(ink: string, opacity: number, behind: Backdrop, readColour: ReadColour): boolean {
  if (ink === 'none') return false
  const colour = readColour(ink)
  if (colour === undefined) return true
  const alpha = colour.alpha * opacity
  if (alpha < 0.02) return false
  if (behind === undefined) return alpha >= 0.05
  const judged = judgedOn.get(behind) ?? new Map<string, boolean>()
  judgedOn.set(behind, judged)
  const key = `${ink} ${alpha}`
  const known = judged.get(key)
  if (known !== undefined) return known
  const isSeen = behind.some((back) => contrast(paintOver(colour, back, alpha), back) >= seenContrast)
  judged.set(key, isSeen)
  return isSeen
}

/** By what is behind: most of a page's texts share it and their colour. */
const judgedOn = new WeakMap<NonNullable<Backdrop>, Map<string, boolean>>()

/** Whether something other than its colour draws the text: a background cut to its letters, a shadow, an outline. */
export function isDrawnOtherwise(style: Style, opacity: number, behind: Backdrop, readColour: ReadColour): boolean {
  if (opacity < 0.05) return false
  const setsOff = (colours: readonly Colour[] | undefined): boolean =>
    colours === undefined ||
    behind === undefined ||
    colours.some((colour) => behind.some((back) => contrast(paintOver(colour, back), back) >= seenContrast))
  if (style.backgroundClip === 'text' && isSet(style.backgroundImage)) {
    return setsOff(gradientColours(style.backgroundImage, readColour))
  }
  if (isSet(style.textShadow)) return setsOff(colourIn(style.textShadow, readColour))
  return numberIn(style.webkitTextStrokeWidth) > 0
}

function colourIn(value: string, readColour: ReadColour): readonly Colour[] | undefined {
  const css = /(?:rgba?|color|oklab|oklch|lab|lch)\([^()]*\)/.exec(value)?.[0]
  const colour = css === undefined ? undefined : readColour(css)
  return colour === undefined ? undefined : [colour]
}
