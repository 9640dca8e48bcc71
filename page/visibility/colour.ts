/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

export const white: Colour = { red: 255, green: 255, blue: 255, alpha: 1 }
/** What Chromium paints behind a page whose `color-scheme` is dark. */
export const darkCanvas: Colour = { red: 18, green: 18, blue: 18, alpha: 1 }

/** A computed colour in sRGB's usual notations; `undefined` for others (`oklab(…)`, `color(display-p3 …)`). */
export function parseColour(css: string): Colour | undefined {
  if (css === 'transparent') return { red: 0, green: 0, blue: 0, alpha: 0 }
  const numbers = (css.match(/-?\d*\.?\d+%?/g) ?? []).map((part) =>
    part.endsWith('%') ? Number.parseFloat(part) / 100 : Number(part),
  )
  const isBytes = /^rgba?\(/.test(css)
  if (!isBytes && !css.startsWith('color(srgb ')) return undefined
  const [red, green, blue, alpha = 1] = numbers
  if (red === undefined || green === undefined || blue === undefined) return undefined
  const unit = isBytes ? 1 : 255
  return { red: red * unit, green: green * unit, blue: blue * unit, alpha }
}

/** A colour painted over an opaque one. */
export function paintOver(front: Colour, back: Colour, alpha = front.alpha): Colour {
  const mix = (above: number, below: number): number => above * alpha + below * (1 - alpha)
  return {
    red: mix(front.red, back.red),
    green: mix(front.green, back.green),
    blue: mix(front.blue, back.blue),
    alpha: 1,
  }
}

/** WCAG's contrast ratio of two opaque colours, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [first, second] = [luminance(one), luminance(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

function luminance({ red, green, blue }: Colour): number {
  const linear = (byte: number): number => {
    const value = byte / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
