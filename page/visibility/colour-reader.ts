import { parseColour } from './colour.ts'
import type { Colour } from './colour.ts'

export type ReadColour = (css: string) => Colour | undefined

/** Reads computed colours, each once. What sRGB's notations do not cover is painted on one pixel and looked at. */
export function colourReader(): ReadColour {
  const known = new Map<string, Colour | undefined>()
  return (css) => {
    if (known.has(css)) return known.get(css)
    const colour = parseColour(css) ?? paintedColour(css)
    known.set(css, colour)
    return colour
  }
}

function paintedColour(css: string): Colour | undefined {
  if (typeof OffscreenCanvas === 'undefined' || !CSS.supports('color', css)) return undefined
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (context === null) return undefined
  context.fillStyle = css
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
  return { red, green, blue, alpha: alpha / 255 }
}
