import type { Style } from './style.ts'

/** Computed styles, each element's asked for once as long as it is the one in hand. */
export function styleReader(window: Window): (element: Element) => Style {
  let last: Element | undefined
  let style: Style | undefined
  return (element) => {
    if (style === undefined || element !== last) {
      style = window.getComputedStyle(element)
      last = element
    }
    return style
  }
}
