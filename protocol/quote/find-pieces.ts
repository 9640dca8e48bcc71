import { findWithin, type Near } from './find-exact.ts'
import { isNegation } from './may-change.ts'
import { standsAlone } from './stands-alone.ts'
import { trimQuote } from './trim-quote.ts'
import { wordsOf } from './word.ts'

const ELISION = /\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.)\s*/g
/** UTF-16 units that a quote may leave out in one place. */
const LEFT_OUT = 1500
const PIECES = 12
/** Places of the first piece that are tried. */
const ATTEMPTS = 20

/**
 * A folded quote that says by an ellipsis where it leaves something out: each piece must stand where the one before
 * ended or soon after, and what was left out of a sentence may hold no negation. The range from the first piece to the
 * last.
 */
export function findPieces(text: string, quote: string, near: Near): { start: number; end: number } | null {
  if (!quote.includes('...')) return null
  const pieces = quote
    .split(ELISION)
    .map(trimQuote)
    .filter((piece) => piece !== '')
  const [first, ...rest] = pieces
  if (first === undefined || pieces.length > PIECES) return null
  if (!pieces.every((piece) => holds(piece, 2)) || !pieces.some((piece) => holds(piece, 4))) return null
  const close = near && startingIn(text, first, rest, near.start, near.end)
  return close ?? startingIn(text, first, rest, 0, text.length)
}

function startingIn(text: string, first: string, rest: readonly string[], from: number, to: number) {
  let at = from
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const start = findWithin(text, first, at, to, standsAlone)
    if (start === null) return null
    const end = endOfRest(text, rest, start + first.length)
    if (end !== null) return { start, end }
    at = start + 1
  }
  return null
}

function endOfRest(text: string, rest: readonly string[], from: number): number | null {
  let end = from
  for (const piece of rest) {
    const at = findWithin(text, piece, end, end + LEFT_OUT, standsAlone)
    if (at === null || denies(text.slice(end, at))) return null
    end = at + piece.length
  }
  return end
}

/** Whether words left out of the middle of a sentence turn it into its contrary. */
function denies(leftOut: string): boolean {
  return !/[.!?。！？]/u.test(leftOut) && wordsOf(leftOut).some(isNegation)
}

/** Words, or as many pairs of characters in scripts without spaces. */
function holds(piece: string, words: number): boolean {
  const count = wordsOf(piece).length
  return count >= words || (/\p{Lo}/u.test(piece) && piece.length >= 2 * words)
}
