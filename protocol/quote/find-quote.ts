import { findApproximate } from './find-approximate.ts'
import { findExact, type Near } from './find-exact.ts'
import { findPieces } from './find-pieces.ts'
import { foldText } from './fold-text.ts'
import { type PreparedText, sourceRange } from './prepare-text.ts'
import { sameMeasures } from './same-measures.ts'
import { standsAlone } from './stands-alone.ts'
import { trimQuote } from './trim-quote.ts'

export interface QuoteMatch {
  /** UTF-16 offsets into the source, `end` exclusive. */
  readonly start: number
  readonly end: number
  /**
   * `exact`: letter for letter. `normalised`: the same words and punctuation; only white space, quotation marks,
   * dashes, Unicode forms or Markdown marks differ, or an ellipsis says where something was left out. Both are
   * verified. `paraphrase`: one to three words of the wording differ, or the punctuation; never verified.
   */
  readonly match: 'exact' | 'normalised' | 'paraphrase'
}

/**
 * Where a text has a quote: verified rather than not, and one that begins inside `near` (source offsets) rather than
 * one elsewhere. Null when it has it nowhere, or with another number, date, unit, name or negation.
 */
export function findQuote(prepared: PreparedText, quote: string, near?: Near): QuoteMatch | null {
  const exact = findLetters(prepared, quote, near)
  if (exact && isNear(exact, near)) return exact
  const folded = trimQuote(foldQuote(quote))
  if (!/[\p{L}\p{N}]/u.test(folded)) return exact
  const close = near && { start: prepared.map.toFolded(near.start), end: prepared.map.toFolded(near.end) }
  const normalised = findFolded(prepared, folded, close, quote)
  if (exact) return normalised && isNear(normalised, near) ? normalised : exact
  if (normalised) return normalised

  const pieces = findPieces(prepared.folded, folded, close)
  if (pieces) return { ...sourceRange(prepared, pieces.start, pieces.end), match: 'normalised' }
  const found = findApproximate(prepared, folded, close)
  return found && { ...sourceRange(prepared, found.start, found.end), match: found.match }
}

function isNear({ start }: QuoteMatch, near: Near): boolean {
  return !near || (start >= near.start && start < near.end)
}

function findLetters({ source }: PreparedText, quote: string, near: Near): QuoteMatch | null {
  const written = quote.trim()
  if (!/[\p{L}\p{N}]/u.test(written)) return null
  const start = findExact(source, written, near)
  return start === null ? null : { start, end: start + written.length, match: 'exact' }
}

/** As it stands, or with the case of its first letter changed, which only fits a quote into a sentence. */
function findFolded(prepared: PreparedText, folded: string, near: Near, quote: string): QuoteMatch | null {
  for (const form of new Set([folded, otherCase(folded)])) {
    const at = findExact(prepared.folded, form, near, (text, start, end) => {
      if (!standsAlone(text, start, end)) return false
      const range = sourceRange(prepared, start, end)
      return sameMeasures(quote, prepared.source.slice(range.start, range.end))
    })
    if (at !== null) return { ...sourceRange(prepared, at, at + form.length), match: 'normalised' }
  }
  return null
}

/** A letter in brackets is the writer's: "[T]he tower". */
function foldQuote(quote: string): string {
  return foldText(quote.replace(/\[(\p{L})\](?=\p{L})/gu, '$1')).text
}

function otherCase(text: string): string {
  // A word in capitals is an acronym, whose case is its own.
  if (!/^\p{L}(?!\p{Lu})/u.test(text)) return text
  const first = text.charAt(0)
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()
  return other.length === 1 ? other + text.slice(1) : text
}
