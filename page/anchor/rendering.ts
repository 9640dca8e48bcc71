import { windowOf } from '../dom-access.ts'

/** `unseen`: its own text is not shown, but a descendant may be. `gone`: nothing inside it is shown. */
export interface Rendering {
  readonly visibility: 'seen' | 'unseen' | 'gone'
  /** Whether the page lays the element out as a box of its own rather than as part of a line. */
  readonly boxed: boolean
}

/**
 * Says whether a document lays an element out, which is all that matters for pointing at text: whether it can be read
 * (page/visibility/) was judged when the page was. Not by `checkVisibility`, which is false inside a closed `<details>`.
 */
export function renderingIn(document: Document): (element: Element) => Rendering {
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
