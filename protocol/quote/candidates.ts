import type { Near } from './find-exact.ts'
import type { PreparedText } from './prepare-text.ts'
import type { Word } from './word.ts'

/** Where a quote may begin in the folded text, the likeliest first. */
export interface Candidate {
  readonly start: number
  /** How many pieces of the quote stand where they should. */
  readonly votes: number
}

/** Pieces that are looked for. A change of three words breaks three of them at most. */
const PIECES = 12
/** Places of one piece that are looked at: one that stands on the page more often tells little. */
const PLACES = 3000
const CANDIDATES = 24
/** A place has one piece in so many at least: of twelve, three changed words and a footnote or two leave more. */
const FEWEST = 4
/** UTF-16 units by which changed words may shift a piece. */
export const SHIFT = 48

/**
 * Places where several pieces of a quote stand at the distances they have in it. Pieces are pairs of neighbouring
 * words, or single words of a short quote.
 */
export function findCandidates(
  { lower }: PreparedText,
  quote: string,
  words: readonly Word[],
  near: Near,
): Candidate[] {
  const votes = new Map<number, number>()
  const pieces = piecesOf(quote, words)
  for (const { text, offset } of pieces) {
    const seen = new Set<number>()
    for (const at of placesOf(lower, text, near)) {
      const bucket = Math.floor((at - offset) / SHIFT)
      if (seen.has(bucket)) continue
      seen.add(bucket)
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1)
    }
  }
  const candidates: Candidate[] = []
  for (const [bucket, count] of votes) {
    const after = votes.get(bucket + 1) ?? 0
    // Of two neighbouring buckets that share the votes, the first stands for both.
    if ((votes.get(bucket - 1) ?? 0) > count) continue
    if (FEWEST * (count + after) < pieces.length) continue
    candidates.push({ start: Math.max(0, bucket * SHIFT), votes: count + after })
  }
  const isNear = ({ start }: Candidate): number => (near && start >= near.start - SHIFT && start < near.end ? 1 : 0)
  return candidates
    .toSorted((a, b) => b.votes - a.votes || isNear(b) - isNear(a) || a.start - b.start)
    .slice(0, CANDIDATES)
}

function piecesOf(quote: string, words: readonly Word[]): { text: string; offset: number }[] {
  const size = words.length < 8 ? 1 : 2
  const count = Math.min(PIECES, Math.floor(words.length / size))
  const pieces: { text: string; offset: number }[] = []
  for (let piece = 0; piece < count; piece++) {
    const first = words[Math.floor((piece * (words.length - size)) / Math.max(1, count - 1))]
    const last = words[Math.floor((piece * (words.length - size)) / Math.max(1, count - 1)) + size - 1]
    if (first && last) pieces.push({ text: quote.slice(first.start, last.end), offset: first.start })
  }
  return pieces
}

/** First those near the place that was named, then from the beginning. */
function* placesOf(text: string, piece: string, near: Near): Generator<number> {
  let left = PLACES
  if (near) {
    for (let at = text.indexOf(piece, near.start); at >= 0 && at < near.end && left > 0; left--) {
      yield at
      at = text.indexOf(piece, at + 1)
    }
  }
  for (let at = text.indexOf(piece); at >= 0 && left > 0; left--) {
    yield at
    at = text.indexOf(piece, at + 1)
  }
}
