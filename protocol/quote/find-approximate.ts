import search from 'approx-string-match'
import { alignWords, differsInCase, isSame, type Step } from './align-words.ts'
import { findCandidates, SHIFT } from './candidates.ts'
import type { Near } from './find-exact.ts'
import { areContrary, type KnowsOrdinary, mayChange } from './may-change.ts'
import { lowerCase, type PreparedText } from './prepare-text.ts'
import { isSign, type Word, wordsOf } from './word.ts'

export interface FoldedMatch {
  /** Offsets in the folded text. */
  readonly start: number
  readonly end: number
  readonly match: 'normalised' | 'paraphrase'
}

/** A quote longer than this is looked for word by word only: its alignment would cost more than it tells. */
const LONGEST = 4000
/** Places that are read word by word. */
const PLACES = 24
/** More changed words than this are no wording. */
const CHANGED_WORDS = 3

/**
 * The passage that a folded quote stands for with at most three words of its wording changed. Null when there is none,
 * or when what differs is a number, a date, a unit, a name or a negation.
 */
export function findApproximate(prepared: PreparedText, quote: string, near: Near): FoldedMatch | null {
  if (quote.length > LONGEST) return null
  const words = wordsOf(quote)
  if (words.length < 4) return null
  const lower = lowerCase(quote)
  const places = new Map<number, Place>()
  for (const candidate of findCandidates(prepared, lower, words, near)) {
    const from = Math.max(0, candidate.start - SHIFT)
    const passage = prepared.lower.slice(from, candidate.start + quote.length + 3 * SHIFT)
    for (const { start, end, errors } of search(passage, lower, Math.floor(quote.length / 2))) {
      // A candidate that is a little too early sees the same beginning, and not its end.
      const before = places.get(from + start)
      if (!before || errors < before.errors) {
        places.set(from + start, { start: from + start, end: from + end, errors })
      }
    }
  }
  const isNear = ({ start }: Place): number => (near && start >= near.start && start < near.end ? 1 : 0)
  const inOrder = [...places.values()].toSorted(
    (a, b) => a.errors - b.errors || isNear(b) - isNear(a) || a.start - b.start,
  )
  for (const place of inOrder.slice(0, PLACES)) {
    const match = judge(prepared, words, place)
    if (match) return match
  }
  return null
}

interface Place {
  readonly start: number
  readonly end: number
  readonly errors: number
}

/** Reads the words at a place that looks like the quote, and says whether they are its. */
function judge(
  prepared: PreparedText,
  quote: readonly Word[],
  place: { start: number; end: number },
): FoldedMatch | null {
  const { folded, source, map } = prepared
  const from = wordStart(folded, Math.max(0, place.start - SHIFT))
  const to = Math.min(folded.length, place.end + SHIFT)
  const beginsLine = (at: number): boolean => {
    const before = map.toSource(at)
    return /(?:^|\n)[ \t>]*$/.test(source.slice(Math.max(0, before - 16), before))
  }
  const page = wordsOf(folded.slice(from, to), from, beginsLine)
  const steps = alignWords(quote, page, true)
  const first = steps.find((step) => step.page)?.page
  const last = steps.findLast((step) => step.page)?.page
  if (!first || !last) return null

  const changes = steps.filter(({ quote: a, page: b }) => (a && b ? !isSame(a, b) : !b?.optional))
  const wording = changes.filter(({ quote: a, page: b }) => !(a && b && differsInCase(a, b)))
  if (wording.length > CHANGED_WORDS || 2 * wording.length > quote.length) return null
  if (!changes.every((step) => isWording(step, quote, page, knowsOrdinary(prepared)))) return null

  const whole = { start: first.start, end: last.end }
  const sameWords = changes.every(
    ({ quote: a, page: b }) => a !== undefined && a === quote[0] && b !== undefined && differsInFirst(a, b),
  )
  const sameSigns = sameWords && steps.every((step) => hasSameSigns(step, first, last))
  return { ...whole, match: sameSigns ? 'normalised' : 'paraphrase' }
}

function isWording(step: Step, quote: readonly Word[], page: readonly Word[], isOrdinary: KnowsOrdinary): boolean {
  const { quote: a, page: b } = step
  if (a && b && differsInCase(a, b)) return !isAcronym(a) && !isAcronym(b)
  if (a && b && (areContrary(a, b) || isSign(a) || isSign(b))) return false
  if (a && !mayChange(a, quote[quote.indexOf(a) - 1], isOrdinary)) return false
  return !b || mayChange(b, page[page.indexOf(b) - 1], isOrdinary)
}

/** Whether the punctuation is the same too; around the whole quote it does not matter. */
function hasSameSigns({ quote: a, page: b }: Step, first: Word, last: Word): boolean {
  if (!a || !b) return true
  const before = b === first || signsBefore(a) === signsBefore(b)
  return before && (b === last || signsAfter(a) === signsAfter(b))
}

function signsBefore({ written, text }: Word): string {
  return written.slice(0, written.indexOf(text))
}

function signsAfter({ written, text }: Word): string {
  return written.slice(written.indexOf(text) + text.length)
}

/** As a quote's first word may, to fit it into a sentence. */
function differsInFirst(a: Word, b: Word): boolean {
  return differsInCase(a, b) && a.text.slice(1) === b.text.slice(1)
}

/** US and us are two words; THE and the are one. */
function isAcronym({ text, lower }: Word): boolean {
  return text.length >= 2 && text.length <= 5 && text === text.toUpperCase() && text !== lower
}

/** Whether the page has the word in lower case, on its own. */
function knowsOrdinary({ folded }: PreparedText): KnowsOrdinary {
  return (word) => {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      if (!isLetter(folded[at - 1]) && !isLetter(folded[at + word.length])) return true
    }
    return false
  }
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0
  const space = text.indexOf(' ', at)
  return space < 0 || space > at + SHIFT ? at : space + 1
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)
}
