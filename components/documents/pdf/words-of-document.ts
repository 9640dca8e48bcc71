const brokenEnd = /(\p{L}[\p{L}\p{M}]*)[-\u2010\u00AD]$/u
const word = /\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu
/** Longer than any word: a pattern that looks for a line's end would take the square of a longer line's length. */
const WORD_LENGTH = 100

/** The words that stand unbroken in a document: by them a hyphen at a line's end is told from one of the word itself. */
export class WordsOfDocument {
  readonly #words = new Set<string>()

  add(line: string): void {
    const whole = line.slice(0, -WORD_LENGTH) + line.slice(-WORD_LENGTH).replace(brokenEnd, '')
    for (const [found] of whole.matchAll(word)) this.#words.add(plain(found))
  }

  /** Lines as one text: words broken by a hyphen are whole again, others have a space between them. */
  join(lines: readonly string[]): string {
    return lines.map((line, at) => this.#joined(line, lines[at + 1])).join('')
  }

  #joined(line: string, next: string | undefined): string {
    if (next === undefined) return line
    const [, head] = brokenEnd.exec(line.slice(-WORD_LENGTH)) ?? []
    const [tail] = /^\p{Ll}[\p{L}\p{M}]*/u.exec(next.slice(0, WORD_LENGTH)) ?? []
    if (head === undefined || tail === undefined) return line + (needsSpace(line, next) ? ' ' : '')
    const kept = this.#words.has(plain(`${head}-${tail}`)) && !this.#words.has(plain(head + tail))
    return line.slice(0, -1) + (kept ? '-' : '')
  }
}

function plain(found: string): string {
  return found.toLowerCase().replaceAll('\u2010', '-')
}

const unspaced = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\uFF00-\\uFFEF]'
const endsUnspaced = new RegExp(`${unspaced}$`, 'u')
const beginsUnspaced = new RegExp(`^${unspaced}`, 'u')

/** Chinese and Japanese have no spaces, and a dash or slash at a line's end stands before its next word directly. */
function needsSpace(line: string, next: string): boolean {
  if (/[\p{L}\p{N}][-\u2010\u2013\u2014/]$/u.test(line.slice(-2))) return false
  return !(endsUnspaced.test(line.slice(-2)) && beginsUnspaced.test(next.slice(0, 2)))
}
