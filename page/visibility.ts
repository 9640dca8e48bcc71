import { windowOf } from './dom-access.ts'

/** `unseen`: its own text is not shown, but a descendant may be (visibility). `gone`: nothing inside it is shown. */
export type Visibility = 'seen' | 'unseen' | 'gone'

export interface Rendering {
  readonly visibility: Visibility
  /** Whether the page lays the element out as a box of its own rather than as part of a line. */
  readonly boxed: boolean
}

export type RenderingOf = (element: Element) => Rendering

/**
 * Says how a document shows an element whose ancestors are known to be shown. Computed style is asked rather than
 * `checkVisibility`, which is false for `display: contents` and for the inside of a closed `<details>`.
 */
export function renderingIn(document: Document): RenderingOf {
  const window = windowOf(document)
  if (window === null) return () => ({ visibility: 'seen', boxed: false })
  return (element) => {
    const style = window.getComputedStyle(element)
    const { display } = style
    const gone = display === 'none' || style.getPropertyValue('content-visibility') === 'hidden'
    const unseen = style.visibility === 'hidden' || style.visibility === 'collapse'
    return {
      visibility: gone ? 'gone' : unseen ? 'unseen' : 'seen',
      boxed: !display.startsWith('inline') && display !== 'contents',
    }
  }
}
