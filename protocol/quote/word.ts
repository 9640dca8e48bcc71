/** One word of a folded text. */
export interface Word {
  /** The word with the signs that belong to it (`$204`, `5%`, `-3`), without the punctuation around it. */
  readonly text: string
  readonly lower: string
  /** As it stands, punctuation included. */
  readonly written: string
  /** Where `written` begins, as an offset in the folded text. */
  readonly from: number
  /** Offsets of `text` in the folded text. */
  readonly start: number
  readonly end: number
  /** A number of a list or a footnote, which a quote may leave out. */
  readonly optional: boolean
  /** The first of a sentence. */
  readonly opens: boolean
}

const footnote = String.raw`\[(?:\d{1,3}|[a-z]{1,2}|citation needed)\](?!\p{L})`
const pieces = new RegExp(`${footnote}|(?:(?!${footnote})\\S)+`, 'gu')
const core = /(?:[-+±~≈<>≤≥=]?\p{Sc}?[-+]?|[.#@])(?=\p{N})|[\p{L}\p{N}\p{M}]/u
const tail = /[\p{L}\p{N}\p{M}%‰°′″\p{Sc}+#](?=[^\p{L}\p{N}\p{M}%‰°′″\p{Sc}+#]*$)/u

/** What means something where it stands alone: relations, operators, ticks and crosses. Dashes are punctuation. */
const sign = /[\p{S}*/]|&&/u

const wholeFootnote = new RegExp(`^${footnote}$`, 'u')

/**
 * The words of a folded text that begins at `base` of the whole; punctuation that stands alone (a dash, an ellipsis) is
 * none.
 * Whether a word begins a line the folded text does not know: only then a number may be that of a list.
 */
export function wordsOf(folded: string, base = 0, beginsLine: (at: number) => boolean = () => false): Word[] {
  const words: Word[] = []
  let opens = true
  for (const piece of folded.matchAll(pieces)) {
    const written = piece[0]
    const at = base + piece.index
    const isFootnote = wholeFootnote.test(written)
    const first = core.exec(written)?.index
    if (isFootnote || (first === undefined && sign.test(written))) {
      const end = at + written.length
      words.push({
        text: written,
        lower: written,
        written,
        from: at,
        start: at,
        end,
        optional: isFootnote,
        opens: false,
      })
      continue
    }
    if (first === undefined) {
      if (/[.!?:-]/u.test(written)) opens = true
      const footnoteBefore = words.at(-1)
      const noted = words.at(-2)
      // "2009[1], when": the comma is that of the word before the footnote.
      if (noted && footnoteBefore?.optional && footnoteBefore.end === at && noted.end <= footnoteBefore.start) {
        words[words.length - 2] = { ...noted, written: noted.written + written }
      }
      continue
    }
    const last = tail.exec(written)
    const length = last ? last.index + last[0].length : written.length
    const text = written.slice(first, length)
    const isListNumber = /^\d{1,3}[.)]$/.test(written) && beginsLine(at)
    words.push({
      text,
      lower: text.toLowerCase(),
      written,
      from: at,
      start: at + first,
      end: at + length,
      optional: isListNumber,
      opens: opens || beginsLine(at),
    })
    opens = isListNumber || /[.!?:。！？][)\]}]*$/u.test(written)
  }
  return words
}

/** Whether a word is a sign that stands alone. */
export function isSign({ text }: Word): boolean {
  return !core.test(text) && sign.test(text)
}
