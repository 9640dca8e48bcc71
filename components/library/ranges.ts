/** UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What two ranges have in common. */
export function common(a: Range, b: Range): Range | undefined {
  const [start, end] = [Math.max(a.start, b.start), Math.min(a.end, b.end)]
  return start < end ? { start, end } : undefined
}

export interface Piece extends Range {
  readonly marked: boolean
}

/** A range in up to three pieces: before, inside and after what is marked. */
export function markedPieces(range: Range, mark: Range | undefined): readonly Piece[] {
  const inside = mark && common(range, mark)
  if (!inside) return [{ ...range, marked: false }]
  return [
    { start: range.start, end: inside.start, marked: false },
    { ...inside, marked: true },
    { start: inside.end, end: range.end, marked: false },
  ].filter(({ start, end }) => start < end)
}

export interface SentPiece extends Range {
  readonly sent: boolean
}

/** What was sent of a text and what was not, in its order. White space alone between two ranges is no gap. */
export function rangesWithGaps(ranges: readonly Range[], text: string): readonly SentPiece[] {
  const pieces: SentPiece[] = []
  let at = 0
  for (const range of [...ranges, { start: text.length, end: text.length }]) {
    if (text.slice(at, range.start).trim() !== '') pieces.push({ start: at, end: range.start, sent: false })
    if (range.start < range.end) pieces.push({ ...range, sent: true })
    at = range.end
  }
  return pieces
}
