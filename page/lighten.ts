import type { Steps } from './steps.ts'

/** What stands within a line, and says nothing of where a page's main text is. */
const inline = [
  'span, label, b, i, em, strong, font, small, big, s, u, del, ins, mark, q, sup, sub, code, kbd, samp, var, tt',
  'time, abbr, bdi, bdo, cite, dfn, data, wbr',
].join(', ')

/** Takes such elements out of a copied page and leaves their text: extractors take as long as a page has elements. */
export function* lighten(copy: Document): Steps<void> {
  for (const element of copy.querySelectorAll(inline)) {
    yield
    element.replaceWith(...element.childNodes)
  }
  copy.documentElement.normalize()
}
