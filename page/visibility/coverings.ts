import { followsInTree, isWithin, shownParentOf } from '../dom-access.ts'
import type { Steps } from '../steps.ts'
import type { Area, Reach } from './reach.ts'
import { isPositioned, isSet, numberIn } from './style.ts'
import type { Style } from './style.ts'

interface Placed {
  readonly element: Element
  /** In the coordinates of `reach`'s page, so that scrolling in between does not matter. */
  readonly area: Area
  readonly reach: Reach
}

interface PlacedText extends Placed {
  readonly copy: ChildNode
}

/** Boxes that are remembered: more than a page has that lays something over its text. */
const coverLimit = 500
/** How much of a text must be under a box for it to be covered. */
const coveredShare = 0.8
/** A box over more of the window than this is a curtain, which a reader opens: a dialog, a loading page. */
const curtainShare = 0.5

/** Finds the texts of one document that an opaque box, positioned over them, hides. */
export class Coverings {
  readonly #covers: Placed[] = []
  readonly #texts: PlacedText[] = []
  readonly #styleOf: (element: Element) => Style

  constructor(styleOf: (element: Element) => Style) {
    this.#styleOf = styleOf
  }

  addText(text: PlacedText): void {
    this.#texts.push(text)
  }

  addCover(cover: Placed, windowArea: Area): void {
    const isCurtain = areaOf(cover.area) > curtainShare * areaOf(windowArea)
    if (!isCurtain && areaOf(cover.area) > 0 && this.#covers.length < coverLimit) this.#covers.push(cover)
  }

  /** The copies of the texts that are covered. */
  *coveredSteps(): Steps<readonly ChildNode[]> {
    if (this.#covers.length === 0) return []
    const texts = this.#texts.toSorted((one, other) => one.area.top - other.area.top)
    const covered: ChildNode[] = []
    for (const cover of this.#covers) {
      for (const text of textsNear(texts, cover)) {
        yield
        if (this.#hides(cover, text)) covered.push(text.copy)
      }
    }
    return covered
  }

  #hides(cover: Placed, text: PlacedText): boolean {
    if (cover.reach !== text.reach || overlap(cover.area, text.area) < coveredShare * areaOf(text.area)) return false
    if (isWithin(text.element, cover.element)) return false
    const common = commonAncestor(cover.element, text.element)
    const coverLevel = this.#level(cover.element, common)
    const textLevel = this.#level(text.element, common)
    if (coverLevel === undefined || (textLevel === undefined && coverLevel < 0)) return false
    if (textLevel === undefined || coverLevel > textLevel) return true
    return coverLevel === textLevel && followsInTree(cover.element, text.element)
  }

  /** The `z-index` by which an element is painted among the descendants of `common`; `undefined` in the page's flow. */
  #level(element: Element, common: Element | null): number | undefined {
    let level: number | undefined
    for (let at: Element | null = element; at !== null && at !== common; at = shownParentOf(at)) {
      const style = this.#styleOf(at)
      if (isPositioned(style) || isSet(style.transform)) level = numberIn(style.zIndex)
    }
    return level
  }
}

function areaOf({ left, top, right, bottom }: Area): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top)
}

function overlap(one: Area, other: Area): number {
  const left = Math.max(one.left, other.left)
  const top = Math.max(one.top, other.top)
  return areaOf({ left, top, right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom) })
}

/** Of texts sorted by their tops, those that may be under a box: they begin within it, or up to a line above. */
function textsNear<T extends Placed>(texts: readonly T[], { area }: Placed): readonly T[] {
  const from = firstFrom(texts, area.top - (area.bottom - area.top))
  const to = firstFrom(texts, area.bottom)
  return texts.slice(from, to)
}

function firstFrom(texts: readonly Placed[], top: number): number {
  let [low, high] = [0, texts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((texts[middle]?.area.top ?? 0) < top) low = middle + 1
    else high = middle
  }
  return low
}

function commonAncestor(one: Element, other: Element): Element | null {
  const ancestors = new Set<Element>()
  for (let at: Element | null = one; at !== null; at = shownParentOf(at)) ancestors.add(at)
  let at: Element | null = other
  while (at !== null && !ancestors.has(at)) at = shownParentOf(at)
  return at
}
