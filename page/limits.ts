/** What one capture may cost. Every limit that is hit ends in a shorter text with `truncated` set, never in an error. */
export interface CaptureLimits {
  /** UTF-8 bytes of the whole text: with its zones and the selection, what leaves a page stays under 512,000. */
  readonly textBytes: number
  /** Elements copied from the page. */
  readonly elements: number
  /** Nesting kept; deeper elements become siblings, because scripts can nest deeper than any stack. */
  readonly depth: number
  /** Frames read in all, and how deep within each other. */
  readonly frames: number
  readonly frameDepth: number
  /** Copies of more elements are made lighter for the extractors. */
  readonly plainElements: number
  /** Above this, Readability's lenient tries are not made: they look at nearly all of a page, in one piece. */
  readonly lenientElements: number
  /** Above these sizes the extractors, which run in one piece, would freeze the page: only landmarks are used. */
  readonly extractorElements: number
  readonly extractorCharacters: number
  /** Milliseconds that copying may take, the page's own turns included: a page that never rests must not hold it up. */
  readonly copyMilliseconds: number
  /** UTF-16 units of a selection. */
  readonly selectionCharacters: number
}

export const captureLimits: CaptureLimits = {
  textBytes: 460_000,
  elements: 100_000,
  depth: 128,
  frames: 100,
  frameDepth: 10,
  plainElements: 2_500,
  lenientElements: 3_000,
  extractorElements: 4_500,
  extractorCharacters: 500_000,
  copyMilliseconds: 1_000,
  selectionCharacters: 100_000,
}
