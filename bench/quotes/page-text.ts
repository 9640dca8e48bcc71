/** A sentence where a page has it, once. */
export interface Sentence {
  readonly text: string
  /** UTF-16 offsets into the page's text. */
  readonly start: number
  readonly end: number
}

export interface PageText {
  readonly id: string
  readonly text: string
  /** Its words in lower case with one space between and around them, by which sentences are told apart. */
  readonly words: string
  readonly sentences: readonly Sentence[]
}

/** Sentences of as many words are quoted. */
const SHORTEST = 8
const LONGEST = 60

/**
 * The sentences of prose of a page's text that stand there once: in paragraphs, list items and quotations, not in
 * headings, code and tables.
 */
export function readSentences(id: string, text: string, lang: string): PageText {
  const words = plainWords(text)
  const segmenter = new Intl.Segmenter(knownLocale(lang), { granularity: 'sentence' })
  const sentences: Sentence[] = []
  for (const line of proseLines(text)) {
    for (const { segment, index } of segmenter.segment(text.slice(line.start, line.end))) {
      const sentence = segment.trim()
      const start = line.start + index + segment.indexOf(sentence)
      const plain = plainWords(sentence)
      const count = plain.split(' ').length - 2
      if (count < SHORTEST || count > LONGEST) continue
      if (words.indexOf(plain) !== words.lastIndexOf(plain)) continue
      sentences.push({ text: sentence, start, end: start + sentence.length })
    }
  }
  return { id, text, words, sentences }
}

/** A text's words in lower case, whatever stands between them. */
export function plainWords(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu)
  return ` ${(words ?? []).join(' ')} `
}

function* proseLines(text: string): Generator<{ start: number; end: number }> {
  let start = 0
  let code = false
  for (const line of text.split('\n')) {
    const isFence = /^\s*(?:> ?)*`{3,}/.test(line)
    if (isFence) code = !code
    const mark = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+)*/.exec(line)?.[0].length ?? 0
    if (!code && !isFence && !/^\s*(?:#|\|)/.test(line)) yield { start: start + mark, end: start + line.length }
    start += line.length + 1
  }
}

function knownLocale(lang: string): string | undefined {
  try {
    return Intl.Segmenter.supportedLocalesOf(lang)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
