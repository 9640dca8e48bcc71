import { HIGHLIGHT_NAME } from '../../protocol/highlight.ts'
import { isDocument, nodeTypeOf, windowOf } from '../dom-access.ts'

/** How long a highlight stays when nobody clicks, in milliseconds: long enough to read a long passage twice. */
const SHOWN_MS = 20_000

/** Above the page's own rules. Dark on yellow, as a marker pen: readable on any page. */
const css = `::highlight(${HIGHLIGHT_NAME}) { background-color: #ffd866 !important; color: #29241f !important; }`

let current: AbortController | undefined

/**
 * Paints ranges with the CSS Custom Highlight API and an adopted style sheet, which change nothing in the document. The
 * paint goes after a while, at the next press in the page, or when another passage is shown.
 */
export function highlight(ranges: readonly Range[]): void {
  current?.abort()
  const life = new AbortController()
  current = life
  for (const [page, own] of Map.groupBy(ranges, ({ startContainer }) => startContainer.ownerDocument)) {
    const window = page && windowOf(page)
    if (!window) continue
    for (const root of new Set(own.map(({ startContainer }) => startContainer.getRootNode()))) {
      if (hasSheets(root)) adopt(root, new window.CSSStyleSheet(), life.signal)
    }
    // Each document paints the ranges of its own nodes.
    window.CSS.highlights.set(HIGHLIGHT_NAME, new window.Highlight(...own))
    window.addEventListener('pointerdown', () => life.abort(), { capture: true, passive: true, signal: life.signal })
    life.signal.addEventListener('abort', () => window.CSS.highlights.delete(HIGHLIGHT_NAME))
  }
  const timer = setTimeout(() => life.abort(), SHOWN_MS)
  life.signal.addEventListener('abort', () => clearTimeout(timer))
}

/**
 * A document or a shadow root: a rule for highlights reaches no further than the tree it is adopted in. (Chromium takes
 * no such rule from `scripting.insertCSS` with the user's origin: the highlight is there and is not painted.)
 */
function hasSheets(root: Node): root is Document | ShadowRoot {
  return isDocument(root) || (nodeTypeOf(root) === 11 && 'adoptedStyleSheets' in root)
}

function adopt(root: Document | ShadowRoot, sheet: CSSStyleSheet, signal: AbortSignal): void {
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  signal.addEventListener('abort', () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet)
  })
}
