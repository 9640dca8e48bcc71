import { parseColour } from './colour.ts'
import { waitsToAppear } from './reveal.ts'
import { isOutOfFlow, isSet, numberIn, numbersIn } from './style.ts'
import type { Style } from './style.ts'

/** Whether an element's own clip, mask or filter leaves nothing of it to read. */
export function isClippedAway(style: Style): boolean {
  const { clipPath, maskImage, filter } = style
  return (
    (isOutOfFlow(style) && isEmptyRect(style.clip)) ||
    (isSet(clipPath) && isEmptyShape(clipPath)) ||
    (isSet(maskImage) && isTransparentImage(maskImage)) ||
    (isSet(filter) && isBlurredAway(style))
  )
}

/** The part of full opacity that an element's own opacity and its filter leave it. */
export function fadeOf(style: Style): number {
  const opacity = numberIn(style.opacity, 1)
  const { filter } = style
  const filtered = isSet(filter) ? /opacity\(([\d.]+)(%?)\)/.exec(filter) : null
  return filtered === null ? opacity : (opacity * Number(filtered[1])) / (filtered[2] === '%' ? 100 : 1)
}

/** A clip smaller than this in either direction shows no letter. */
const least = 3

/** `rect(top, right, bottom, left)` in px, `auto` where it does not clip. */
function isEmptyRect(clip: string): boolean {
  if (!clip.startsWith('rect(')) return false
  const [top, right, bottom, left] = clip
    .slice(clip.indexOf('(') + 1, -1)
    .split(/[\s,]+/)
    .map((edge) => numberIn(edge, Number.NaN))
  const isNarrow = (from = Number.NaN, to = Number.NaN): boolean => to - (Number.isNaN(from) ? 0 : from) < least
  return isNarrow(top, bottom) || isNarrow(left, right)
}

/** Basic shapes without an inside. Percentages are of the element's box; other lengths are px. */
function isEmptyShape(shape: string): boolean {
  const inside = shape.slice(shape.indexOf('(') + 1, shape.lastIndexOf(')'))
  if (shape.startsWith('inset(')) {
    const edges = inside
      .replace(/\bround\b.*/, '')
      .trim()
      .split(/\s+/)
    const [top = '', right = top, bottom = top, left = right] = edges
    return fillsBox(top, bottom) || fillsBox(left, right)
  }
  if (shape.startsWith('circle(') || shape.startsWith('ellipse(')) {
    const radii = inside
      .replace(/\bat\b.*/, '')
      .trim()
      .split(/\s+/)
    return radii.some((radius) => radius !== '' && /^\d/.test(radius) && numberIn(radius) < 1)
  }
  if (shape.startsWith('polygon(')) return isFlat(numbersIn(inside))
  if (shape.startsWith('rect(') || shape.startsWith('xywh(')) return isFlat(cornersOf(shape, numbersIn(inside)))
  return false
}

function fillsBox(one: string, other: string): boolean {
  const percent = (edge: string): number => (edge.endsWith('%') ? numberIn(edge) : 0)
  return percent(one) + percent(other) >= 99 || numberIn(one) >= 5_000 || numberIn(other) >= 5_000
}

function cornersOf(shape: string, [a = 0, b = 0, c = 0, d = 0]: readonly number[]): readonly number[] {
  return shape.startsWith('rect(') ? [d, a, b, c] : [a, b, a + c, b + d]
}

/** Whether points (x, y, x, y …) span no area. */
function isFlat(coordinates: readonly number[]): boolean {
  const span = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
  const xs = coordinates.filter((_, at) => at % 2 === 0)
  const ys = coordinates.filter((_, at) => at % 2 === 1)
  return xs.length > 0 && ys.length > 0 && (span(xs) < 1 || span(ys) < 1)
}

/** A mask of gradients all of whose stops are transparent. */
function isTransparentImage(image: string): boolean {
  if (!image.includes('gradient(') || image.includes('url(')) return false
  const stops = image.match(/rgba?\([^()]*\)|color\([^()]*\)|transparent/g) ?? []
  return stops.length > 0 && stops.every((stop) => parseColour(stop)?.alpha === 0)
}

function isBlurredAway(style: Style): boolean {
  if (waitsToAppear(style)) return false
  const radius = /blur\(([\d.]+)px\)/.exec(style.filter)
  return radius !== null && Number(radius[1]) > 0.35 * numberIn(style.fontSize, 16)
}
