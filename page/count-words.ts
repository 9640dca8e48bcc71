import { pace } from './pace.ts'

/** Segmenting is superlinear in some scripts, so text is counted in pieces that end at white space where there is any. */
const pieceLength = 20_000

/**
 * Words of a text as `Intl.Segmenter` finds them (word-like segments) in the language given, or the default one when
 * the tag is missing or unknown. Gives way to the page while it counts.
 */
export async function countWords(text: string, lang: string): Promise<number> {
  const segmenter = new Intl.Segmenter(knownLocale(lang), { granularity: 'word' })
  let words = 0
  const turn = pace()
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start)
    for (const segment of segmenter.segment(text.slice(start, end))) if (segment.isWordLike === true) words++
    start = end
    const due = turn()
    if (due) await due
  }
  return words
}

function pieceEnd(text: string, start: number): number {
  const limit = start + pieceLength
  if (limit >= text.length) return text.length
  const space = Math.max(text.lastIndexOf(' ', limit), text.lastIndexOf('\n', limit))
  if (space > start) return space
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function knownLocale(lang: string): string | undefined {
  try {
    return Intl.Segmenter.supportedLocalesOf(lang)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
