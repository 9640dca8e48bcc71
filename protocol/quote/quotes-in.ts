import { answerSegments, type Segment } from './answer-segments.ts'
import { markAfter, markAtEnd, type PassageMark } from './passage-mark.ts'
import { quotationPairs } from './quotation-marks.ts'
import { shownText } from './shown-text.ts'

/** A quotation in an answer. */
export interface AnswerQuote {
  /** What is quoted, as a person reads it: no quotation marks around it, no Markdown, no `[P.N]`. */
  readonly text: string
  /** UTF-16 offsets into the Markdown, from the first quotation mark or `>` to the end of the last mark or `[P.N]`. */
  readonly start: number
  readonly end: number
  /** Where the answer says it stands: the number of the page from 1, and `order` of the passage from 0. */
  readonly passage?: PassageMark
}

/** Quotations of one answer that are read. What comes after is text like any other: no citation, and no doubt cast. */
export const MAX_QUOTES = 200

const WORDS = 4
const CHARACTERS = 20

/**
 * The quotations of an answer in order: text in quotation marks of at least four words or twenty characters, and
 * blockquotes. One that never ends is none, and code holds none.
 */
export function quotesIn(markdown: string): readonly AnswerQuote[] {
  const quotes: AnswerQuote[] = []
  for (const segment of answerSegments(markdown)) {
    if (segment.quoted) {
      const quote = readBlock(markdown, segment)
      if (quote) quotes.push(quote)
    } else quotes.push(...readMarked(markdown, segment))
    if (quotes.length >= MAX_QUOTES) return quotes.slice(0, MAX_QUOTES)
  }
  return quotes
}

function readBlock(markdown: string, segment: Segment): AnswerQuote | null {
  const lines = withoutAuthor(markdown, segment.lines)
  const shown = shownText(markdown, { ...segment, lines }).text.trim()
  const lineEnd = segment.lines.at(-1)?.end ?? segment.start
  const marked = markAtEnd(shown)
  const after = marked ? null : markAfter(markdown, lineEnd, true)
  const text = withoutMarks(marked?.text.trim() ?? shown)
  const passage = marked?.passage ?? after?.passage
  if (!/[\p{L}\p{N}]/u.test(text)) return null
  return { text, start: segment.start, end: after?.end ?? lineEnd, ...(passage ? { passage } : {}) }
}

/** A line that names who said it is not part of what was said. */
function withoutAuthor(markdown: string, lines: Segment['lines']): Segment['lines'] {
  const last = lines.at(-1)
  if (!last) return lines
  const text = markdown.slice(last.start, last.end)
  return /^(?:[—–―]|--)\s*\S/u.test(text) && text.split(/\s+/).length <= 10 ? lines.slice(0, -1) : lines
}

/** Quotation marks around the whole, or before a dash and a name. */
function withoutMarks(text: string): string {
  const [pair] = quotationPairs(text)
  if (pair?.open !== 0) return text
  const rest = text.slice(pair.close + 1)
  return /^[.,;]?\s*(?:[—–―]\s?.{0,80})?$/u.test(rest) ? text.slice(1, pair.close).trim() : text
}

function readMarked(markdown: string, segment: Segment): AnswerQuote[] {
  const { text, offsets, ends, code } = shownText(markdown, segment)
  const quotes: AnswerQuote[] = []
  for (const { open, close } of quotationPairs(text, (at) => !code.has(at))) {
    const [start, end] = [offsets[open], ends[close]]
    if (start === undefined || end === undefined) continue
    const inside = text.slice(open + 1, close)
    const marked = markAtEnd(inside)
    const quoted = (marked?.text ?? inside).trim()
    if (!isLongEnough(quoted)) continue
    const after = markAfter(markdown, end, false)
    const passage = after?.passage ?? marked?.passage
    quotes.push({ text: quoted, start, end: after?.end ?? end, ...(passage ? { passage } : {}) })
  }
  return quotes
}

/** Fewer words are a term or a title. Where words are not spaced, two characters count as one. */
function isLongEnough(text: string): boolean {
  if (text.length >= CHARACTERS) return /[\p{L}\p{N}]/u.test(text)
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  return words >= WORDS || unspaced >= 2 * WORDS
}
