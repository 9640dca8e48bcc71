import { bodyOf, boxOf, documentElementOf, measureOf } from '../dom-access.ts'

/** A rectangle in client coordinates, px. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What bounds where a text can be read: the page, the window (for what is fixed in it), a box that scrolls or clips. */
export interface Reach {
  /** `closed`: a box that clips and is too small to show a letter. */
  readonly kind: 'document' | 'window' | 'scroller' | 'clipper' | 'closed'
  readonly element: Element | null
  /** Where a reader can get to by scrolling, whether or not the page lets it scroll. */
  area(): Area
  /** What is shown of it without scrolling; of the page, all that its body takes up. */
  view(): Area
}

export function boxReach(element: Element, kind: 'scroller' | 'clipper' | 'closed'): Reach {
  return { kind, element, ...measuredOnce(() => boxAreas(element)) }
}

export function documentReach(document: Document, window: Window): Reach {
  return { kind: 'document', element: null, ...measuredOnce(() => documentAreas(document, window)) }
}

export function windowReach(window: Window): Reach {
  const area = (): Area => ({ left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight })
  return { kind: 'window', element: null, area, view: area }
}

interface Areas {
  readonly area: Area
  readonly view: Area
}

/** The page may scroll or change between slices of work; within one it does not. */
const freshMilliseconds = 10

function measuredOnce(measure: () => Areas): Pick<Reach, 'area' | 'view'> {
  let areas: Areas | undefined
  let until = 0
  const current = (): Areas => {
    const now = performance.now()
    if (areas === undefined || now > until) {
      areas = measure()
      until = now + freshMilliseconds
    }
    return areas
  }
  return { area: () => current().area, view: () => current().view }
}

function boxAreas(element: Element): Areas {
  const { left, top, right, bottom, width, height } = boxOf(element)
  const startX = left - measureOf(element, 'scrollLeft')
  const startY = top - measureOf(element, 'scrollTop')
  return {
    area: {
      left: startX,
      top: startY,
      right: startX + Math.max(width, measureOf(element, 'scrollWidth')),
      bottom: startY + Math.max(height, measureOf(element, 'scrollHeight')),
    },
    view: { left, top, right, bottom },
  }
}

function documentAreas(document: Document, window: Window): Areas {
  const [left, top] = [-window.scrollX, -window.scrollY]
  const root = documentElementOf(document)
  const width = root === null ? 0 : measureOf(root, 'scrollWidth')
  const height = root === null ? 0 : measureOf(root, 'scrollHeight')
  const right = left + Math.max(width, window.innerWidth)
  const bottom = top + Math.max(height, window.innerHeight)
  const body = bodyOf(document)
  const box = body === null ? undefined : boxOf(body)
  return {
    area: { left, top, right, bottom },
    view: {
      left,
      top,
      right: Math.max(left + window.innerWidth, box?.right ?? 0),
      bottom: Math.max(top + window.innerHeight, box?.bottom ?? 0),
    },
  }
}

export function touches(one: Area, other: Area): boolean {
  return one.right > other.left && one.bottom > other.top && one.left < other.right && one.top < other.bottom
}

/** Whether a rectangle lies more than three of the view's sizes away from it. */
export function isFarFrom(rect: Area, view: Area): boolean {
  const farX = 3 * Math.max(view.right - view.left, 100)
  const farY = 3 * Math.max(view.bottom - view.top, 100)
  return (
    rect.left > view.right + farX ||
    rect.right < view.left - farX ||
    rect.top > view.bottom + farY ||
    rect.bottom < view.top - farY
  )
}

/** Whether the middle of a rectangle is inside an area. */
export function isCentredIn(rect: Area, area: Area): boolean {
  const [x, y] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2]
  return x >= area.left && x <= area.right && y >= area.top && y <= area.bottom
}

/** A rectangle in coordinates that scrolling does not change. */
export function onPage({ left, top, right, bottom }: Area, reach: Reach): Area {
  const { left: x, top: y } = reach.area()
  return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
}
