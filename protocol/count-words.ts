import { plainWords } from './plain-words.ts'

/** Segmenting is superlinear in some scripts, so text is counted in pieces that end at white space where there is any. */
const PIECE_LENGTH = 20_000

const segmenters = new Map<string, Intl.Segmenter>()

/**
 * Counts the words of a text as `Intl.Segmenter` finds them (word-like segments), piece by piece: what it yields are
 * the words of each piece. The language falls back to the default one when the tag is missing or unknown.
 */
export function* wordsByPiece(text: string, lang: string): Generator<number> {
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start)
    const { words, rest } = plainWords(text.slice(start, end))
    yield rest === '' ? words : words + segmentedWords(rest, lang)
    start = end
  }
}

/** All words of a text, counted at once. */
export function countWords(text: string, lang: string): number {
  let words = 0
  for (const inPiece of wordsByPiece(text, lang)) words += inPiece
  return words
}

function segmentedWords(text: string, lang: string): number {
  let words = 0
  for (const segment of segmenterFor(lang).segment(text)) if (segment.isWordLike === true) words++
  return words
}

function pieceEnd(text: string, start: number): number {
  const limit = start + PIECE_LENGTH
  if (limit >= text.length) return text.length
  const space = Math.max(text.lastIndexOf(' ', limit), text.lastIndexOf('\n', limit))
  if (space > start) return space
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function segmenterFor(lang: string): Intl.Segmenter {
  const locale = knownLocale(lang)
  const key = locale ?? ''
  const known = segmenters.get(key)
  if (known) return known
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' })
  segmenters.set(key, segmenter)
  return segmenter
}

function knownLocale(lang: string): string | undefined {
  try {
    return Intl.Segmenter.supportedLocalesOf(lang)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
