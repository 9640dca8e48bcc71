import { HIGHLIGHT_NAME } from '../../protocol/highlight.ts'
import { windowOf } from '../dom-access.ts'

/** How long a highlight stays when nobody clicks, in milliseconds: long enough to read a long passage twice. */
const SHOWN_MS = 20_000

let current: AbortController | undefined

/**
 * Paints ranges with the CSS Custom Highlight API, which changes nothing in the document. The paint goes after a while,
 * at the next press in the page, or when another passage is shown.
 */
export function highlight(ranges: readonly Range[]): void {
  current?.abort()
  const life = new AbortController()
  current = life
  const byWindow = Map.groupBy(
    ranges,
    ({ startContainer }) => startContainer.ownerDocument && windowOf(startContainer.ownerDocument),
  )
  for (const [window, own] of byWindow) {
    if (!window) continue
    // Each document paints the ranges of its own nodes.
    window.CSS.highlights.set(HIGHLIGHT_NAME, new window.Highlight(...own))
    window.addEventListener('pointerdown', () => life.abort(), { capture: true, passive: true, signal: life.signal })
    life.signal.addEventListener('abort', () => window.CSS.highlights.delete(HIGHLIGHT_NAME))
  }
  const timer = setTimeout(() => life.abort(), SHOWN_MS)
  life.signal.addEventListener('abort', () => clearTimeout(timer))
}
