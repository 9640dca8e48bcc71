import { isOutOfFlow, isSet, numbersIn } from './style.ts'
import type { Style } from './style.ts'

/**
 * Whether a style says that an element waits to be shown as the reader scrolls to it. Pages hide such content by
 * opacity or move it aside, and script, which may run later, lets it in by a transition or an animation.
 */
export function waitsToAppear(style: Style): boolean {
  if (isOutOfFlow(style)) return false
  return (
    isSet(style.animationName) ||
    changesSmoothly(style, ['opacity', 'transform', 'translate', 'filter']) ||
    /opacity|transform/.test(style.willChange) ||
    isNudge(style.transform)
  )
}

/** Whether a style says that an element opens and closes: an accordion's panel of no height. */
export function opensSmoothly(style: Style): boolean {
  return changesSmoothly(style, ['height', 'max-height', 'block-size', 'max-block-size', 'grid-template-rows'])
}

function changesSmoothly(style: Style, properties: readonly string[]): boolean {
  if (!/[1-9]/.test(style.transitionDuration)) return false
  const named = style.transitionProperty.split(/,\s*/)
  return named.some((name) => name === 'all' || properties.includes(name))
}

/** A shift of at most 400 px, as it comes before an element slides into its place. */
function isNudge(transform: string): boolean {
  if (!transform.startsWith('matrix(')) return false
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = numbersIn(transform)
  const isPlain = a >= 0.5 && d >= 0.5 && Math.abs(b) < 0.2 && Math.abs(c) < 0.2
  const shift = Math.max(Math.abs(x), Math.abs(y))
  return isPlain && shift <= 400 && (shift > 0 || a !== 1)
}

const vocabulary = /(?:^|[\s_-])(?:aos|wow|reveal|fade|animate|animated|inview|in-view|appear|scroll-?(?:in|reveal))/i

/** Whether an element's names are those by which animation libraries and style sheets call such content. */
export function isNamedForReveal(className: string, attributes: readonly string[]): boolean {
  return (
    vocabulary.test(className) ||
    attributes.some((name) => /^data-(?:aos|sal|scroll|animat|reveal|sr-id|wow)/.test(name))
  )
}
