import { paintOver } from './colour.ts'
import type { Colour } from './colour.ts'
import type { ReadColour } from './colour-reader.ts'
import { isSet } from './style.ts'
import type { Style } from './style.ts'

/** The opaque colours that may stand behind a text; `undefined` where a picture stands there. */
export type Backdrop = readonly Colour[] | undefined

const colourLimit = 8

/** What is behind the text of an element whose parent's text has `behind` behind it. */
export function backdropOf(style: Style, behind: Backdrop, readColour: ReadColour): Backdrop {
  const coloured = withColour(style.backgroundColor, behind, readColour)
  const { backgroundImage } = style
  if (!isSet(backgroundImage) || style.backgroundClip === 'text') return coloured
  return withImage(backgroundImage, coloured, readColour)
}

function withColour(css: string, behind: Backdrop, readColour: ReadColour): Backdrop {
  if (css === '' || css === 'rgba(0, 0, 0, 0)') return behind
  const colour = readColour(css)
  if (colour === undefined) return undefined
  if (colour.alpha === 1) return [colour]
  if (colour.alpha === 0) return behind
  return behind?.map((back) => paintOver(colour, back))
}

function withImage(image: string, behind: Backdrop, readColour: ReadColour): Backdrop {
  const stops = gradientColours(image, readColour)
  return behind === undefined || stops === undefined
    ? undefined
    : behind.flatMap((back) => stops.map((stop) => paintOver(stop, back))).slice(0, colourLimit)
}

/** The colours of a gradient's stops; `undefined` for any other image, and for colours that cannot be read. */
export function gradientColours(image: string, readColour: ReadColour): readonly Colour[] | undefined {
  if (!image.includes('gradient(') || /url\(|image-set\(|element\(|paint\(/.test(image)) return undefined
  const found = image.match(/(?:rgba?|hsla?|color|oklab|oklch|lab|lch)\([^()]*\)|transparent/g) ?? []
  const colours: Colour[] = []
  for (const css of found) {
    const colour = readColour(css)
    if (colour === undefined) return undefined
    colours.push(colour)
  }
  return colours.length === 0 ? undefined : colours
}
