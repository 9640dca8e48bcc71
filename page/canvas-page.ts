/** Of the window, that canvases cover of a page whose content is drawn. */
const DRAWN_SHARE = 0.4
/** With so many words beside its canvas a page says something that can be read. */
const FEW_WORDS = 50
/** How a word processor that draws its pages names the canvas of each: its menus alone have more words than few. */
const DRAWN_PAGE = 'canvas.kix-canvas-tile-content'

/** Whether what a page shows is drawn rather than written, so that the words in it are not what a person reads. */
export function isDrawn(
  page: Document,
  view: { readonly width: number; readonly height: number },
  words: number,
): boolean {
  if (page.querySelector(DRAWN_PAGE) !== null) return true
  if (words >= FEW_WORDS) return false
  let covered = 0
  for (const canvas of page.querySelectorAll('canvas')) {
    const { left, top, right, bottom } = canvas.getBoundingClientRect()
    const width = Math.min(right, view.width) - Math.max(left, 0)
    const height = Math.min(bottom, view.height) - Math.max(top, 0)
    if (width > 0 && height > 0 && canvas.checkVisibility()) covered = Math.max(covered, width * height)
  }
  return covered > DRAWN_SHARE * view.width * view.height
}
