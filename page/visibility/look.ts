import {
  attributeNamesOf,
  attributeOf,
  boxOf,
  findInTree,
  hasAnimations,
  localNameOf,
  measureOf,
  shownParentOf,
} from '../dom-access.ts'
import { backdropOf } from './backdrop.ts'
import type { Backdrop } from './backdrop.ts'
import { fadeOf, isClippedAway } from './clip.ts'
import type { ReadColour } from './colour-reader.ts'
import { isOutOfReach } from './out-of-reach.ts'
import type { Coverings } from './coverings.ts'
import { isOpaque } from './opaque.ts'
import { boxReach, onPage } from './reach.ts'
import type { Reach } from './reach.ts'
import { isNamedForReveal, opensSmoothly, waitsToAppear } from './reveal.ts'
import { isPositioned, isSet, numberIn } from './style.ts'
import type { Style } from './style.ts'

/** What an element's ancestors and itself do to the text within it. */
export interface Sight {
  /** Product of all opacities, 0 to 1; those that wait for the reader to scroll count as 1. */
  readonly opacity: number
  readonly behind: Backdrop
  /** `undefined` where nothing is laid out: places are not judged there. */
  readonly reach: Reach | undefined
  /** What bounds a descendant that is positioned absolutely. */
  readonly anchored: Reach | undefined
  /** An element that is painted behind the page's own flow (`z-index` below 0). */
  readonly sunken: Element | undefined
}

/** `unseen`: its own text is not shown, but a descendant may be (visibility). `gone`: nothing inside it is shown. */
export type Visibility = 'seen' | 'unseen' | 'gone'

export interface Look {
  readonly visibility: Visibility
  /** Whether the page lays the element out as a box of its own rather than as part of a line. */
  readonly boxed: boolean
  readonly sight: Sight
}

export interface Eye {
  readonly styleOf: (element: Element) => Style
  readonly readColour: ReadColour
  readonly windowReach: Reach
  readonly coverings: Coverings
  /** The box around a text's letters. */
  readonly placeOf: (text: Text) => DOMRect
}

/** Less than this of full opacity shows nothing. */
const leastOpacity = 0.02

/**
 * How an element is shown whose parent is shown with `parent`. Computed style is asked rather than `checkVisibility`,
 * which is false for `display: contents` and for the inside of a closed `<details>`.
 */
export function lookAt(element: Element, style: Style, parent: Sight, eye: Eye): Look {
  const { display } = style
  const boxed = !display.startsWith('inline') && display !== 'contents'
  if (display === 'none' || style.contentVisibility === 'hidden' || isClippedAway(style)) {
    return { visibility: 'gone', boxed, sight: parent }
  }
  const fade = fadeOf(style)
  const opacity = parent.opacity * (fade < 0.1 && isWaiting(element, style) ? 1 : fade)
  if (opacity < leastOpacity) return { visibility: 'gone', boxed, sight: parent }
  const { position, visibility } = style
  const outer = outerReach(position, parent, eye)
  const reach = display === 'contents' ? outer : innerReach(element, style, outer)
  if (reach !== outer && outer !== undefined && isOutOfReach(boxOf(element), element, outer, eye.styleOf)) {
    return { visibility: 'gone', boxed, sight: parent }
  }
  const unseen = visibility === 'hidden' || visibility === 'collapse'
  const positioned = isPositioned({ position })
  if (positioned && outer !== undefined && !staysInWindow(position) && isOpaque(element, eye)) {
    eye.coverings.addCover({ element, area: onPage(boxOf(element), outer), reach: outer }, eye.windowReach.area())
  }
  return {
    visibility: unseen ? 'unseen' : 'seen',
    boxed,
    sight: {
      opacity,
      behind: backdropOf(style, parent.behind, eye.readColour),
      reach,
      anchored: positioned || isSet(style.transform) ? reach : parent.anchored,
      sunken: parent.sunken ?? (positioned && numberIn(style.zIndex) < 0 ? element : undefined),
    },
  }
}

/** What stays where it is while the page scrolls covers a text only until the reader scrolls on. */
function staysInWindow(position: string): boolean {
  return position === 'fixed' || position === 'sticky'
}

function outerReach(position: string, parent: Sight, eye: Eye): Reach | undefined {
  if (parent.reach === undefined) return undefined
  if (position === 'fixed') return eye.windowReach
  return position === 'absolute' ? parent.anchored : parent.reach
}

const rootNames: ReadonlySet<string> = new Set(['html', 'body'])

function innerReach(element: Element, style: Style, outer: Reach | undefined): Reach | undefined {
  const { overflowX, overflowY, display } = style
  const clips = overflowX !== '' && (overflowX !== 'visible' || overflowY !== 'visible')
  if (outer !== undefined && isDrawingRoot(element) && isSmallBox(boxOf(element))) return boxReach(element, 'closed')
  // The overflow of a page's root and body is the window's; lines and most parts of a table have none.
  if (!clips || outer === undefined || display === 'inline' || /^table(?!-cell)/.test(display)) return outer
  if (outer.kind === 'closed' || rootNames.has(localNameOf(element))) return outer
  if (isTooSmall(element)) return mayOpen(element, style) ? outer : boxReach(element, 'closed')
  const scrolls = overflowX === 'auto' || overflowX === 'scroll' || overflowY === 'auto' || overflowY === 'scroll'
  return boxReach(element, scrolls ? 'scroller' : 'clipper')
}

/** A box that clips shows no letter below this size, in px. */
const leastSize = 4

function isDrawingRoot(element: Element): boolean {
  return localNameOf(element) === 'svg'
}

function isSmallBox({ width, height }: DOMRect): boolean {
  return width < leastSize || height < leastSize
}

function isTooSmall(element: Element): boolean {
  return measureOf(element, 'clientWidth') < leastSize || measureOf(element, 'clientHeight') < leastSize
}

/** A closed panel of an accordion: as wide as an open one, and a control or a transition opens it. */
function mayOpen(element: Element, style: Style): boolean {
  if (measureOf(element, 'clientWidth') < 40) return false
  return opensSmoothly(style) || isControlled(element)
}

function isControlled(element: Element): boolean {
  for (let at: Element | null = element, climbed = 0; at !== null && climbed < 2; climbed++, at = shownParentOf(at)) {
    const id = attributeOf(at, 'id')
    if (id !== null && id !== '' && findInTree(at, `[aria-controls~="${CSS.escape(id)}"]`) !== null) return true
  }
  return false
}

/** Tall enough to be a part of the page rather than a line put into it. */
const largeHeight = 200

/** Whether an element that is not to be seen yet will be when the reader gets there. */
function isWaiting(element: Element, style: Style): boolean {
  if (rootNames.has(localNameOf(element))) return true
  if (style.position === 'absolute' || style.position === 'fixed') return false
  return (
    waitsToAppear(style) ||
    isNamedForReveal(attributeOf(element, 'class') ?? '', attributeNamesOf(element)) ||
    boxOf(element).height >= largeHeight ||
    hasAnimations(element)
  )
}
