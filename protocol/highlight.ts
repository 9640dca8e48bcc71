/** The name of the highlight in `CSS.highlights` of the page. */
export const HIGHLIGHT_NAME = 'gloss-quote'

/** What the panel asks of a page: to show a passage by its words, told from its likes by what stands around them. */
export interface HighlightRequest {
  readonly words: string
  /** Up to 64 characters on each side, as the page was when it was read. */
  readonly prefix: string
  readonly suffix: string
}

/**
 * `shown`: highlighted and scrolled to. `absent`: the page shows these words nowhere now. `unreadable`: the browser
 * shows a document of its own there (a PDF), into which no script can point.
 */
export const highlightResults = ['shown', 'absent', 'unreadable'] as const
export type HighlightResult = (typeof highlightResults)[number]

declare global {
  /** Left by `page-highlighter.js` in the extension's own world of a page. */
  var glossShowPassage: ((request: HighlightRequest) => HighlightResult) | undefined
}
