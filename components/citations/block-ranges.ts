/** Where a quotation stands within one block of the answer, and which one it is. */
export interface QuoteRange {
  readonly view: number
  readonly start: number
  readonly end: number
}

interface Place {
  readonly start: number
  readonly end: number
}

/**
 * Quotations by the block they stand in, with their places in it. Blocks follow each other in the text; one that the
 * text does not have there holds no quotation that could be placed.
 */
export function blockRanges(
  markdown: string,
  blocks: readonly string[],
  quotes: readonly Place[],
): readonly (readonly QuoteRange[])[] {
  let from = 0
  return blocks.map((block) => {
    const at = markdown.indexOf(block, from)
    if (at < 0) return []
    from = at + block.length
    return quotes.flatMap(({ start, end }, view) =>
      start >= at && start < from ? { view, start: start - at, end: Math.min(end, from) - at } : [],
    )
  })
}
