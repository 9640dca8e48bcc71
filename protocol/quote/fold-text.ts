import { knownFolding } from './fold-character.ts'
import { skipLineMarks } from './line-marks.ts'
import { OffsetMap } from './offset-map.ts'

export interface FoldedText {
  readonly text: string
  readonly map: OffsetMap
}

/**
 * A text as quotes are compared: one space for all white space, no quotation marks (an apostrophe within a word
 * stays), one hyphen and one dash for all, compatibility forms and ligatures dissolved, no soft hyphens, no Markdown
 * marks at beginnings of lines, no table bars. Letters keep their case, and numbers all that belongs to them.
 */
export function foldText(source: string): FoldedText {
  return new Folder(source).fold()
}

/** Unicode's stream-safe limit is 30: more marks on one letter than this are not writing. */
const MARKS = 32

/** ASCII that is always kept as it stands: letters, digits, and signs that mean something. */
const plain = new Uint8Array(128)
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%&(+/<=>@^_{}~') {
  plain[character.charCodeAt(0)] = 1
}

// A page that is Markdown itself may hold links: their addresses are not read. None of these looks far ahead.
const linkBegin = /\[(?=[^[\]\n]{1,500}\]\([^()\s]{1,2000}\))/y
const linkEnd = /\]\([^()\s]{1,2000}\)/y
const image = /!\[[^[\]\n]{0,500}\]\([^()\s]{1,2000}\)/y

class Folder {
  readonly #source: string
  readonly #map = new OffsetMap()
  readonly #pieces: string[] = []
  #length = 0
  /** Where a run of kept text begins that is not yet among the pieces. */
  #run = -1
  /** Where white space began that is not yet written: it may turn out to be the last, or to stand before a full stop. */
  #space = -1

  constructor(source: string) {
    this.#source = source
  }

  fold(): FoldedText {
    const source = this.#source
    let at = skipLineMarks(source, 0)
    while (at < source.length) {
      const unit = source.charCodeAt(at)
      if (unit < 128 && plain[unit] === 1) {
        if (this.#run < 0) this.#startRun(at)
        at++
      } else at = this.#fold(at, unit)
    }
    this.#endRun(source.length)
    return { text: this.#pieces.join(''), map: this.#map }
  }

  /** Folds the character at `at`; returns where to go on. */
  #fold(at: number, unit: number): number {
    const source = this.#source
    // One space between two words, which is most of what comes here.
    if (unit === 32 && this.#run >= 0 && isPlain(source.charCodeAt(at + 1))) return at + 1
    const character =
      unit < 0xd800 || unit > 0xdbff ? source.charAt(at) : String.fromCodePoint(source.codePointAt(at) ?? 0)
    const end = at + character.length
    switch (character) {
      case '.':
        return this.#foldStop(at)
      case ',':
      case ';':
      case ':':
      case '?':
      case ')':
        return this.#foldPunctuation(at)
      case '!':
        return source[end] === '[' ? this.#foldLink(at, image) : this.#foldPunctuation(at)
      case '[':
        return this.#foldLink(at, linkBegin)
      case ']':
        return source[end] === '(' ? this.#foldLink(at, linkEnd) : this.#keep(at, end)
      case '|':
        return this.#foldSpace(at, end)
      case '\\':
        if (source[end] === '|') return this.#skip(at, end)
        return this.#keep(at, end)
      case '*':
      case '`':
        return this.#foldMarkup(at, character)
      case '-':
        return source[end] === '-' ? this.#foldDash(at) : this.#keep(at, end)
      default:
    }
    switch (knownFolding(character)) {
      case 'keep':
        return this.#keep(at, end)
      case 'space':
        return this.#foldSpace(at, end)
      case 'drop':
        return this.#skip(at, end)
      case 'quote':
        return this.#foldQuote(at, end, character)
      case 'dash':
        return /[—―⸺⸻]/u.test(character) ? this.#foldDash(at) : this.#emit('-', at, end)
      case 'ellipsis':
        return this.#foldEllipsis(at, end)
      case 'raised':
        return this.#isPartOfName(at, character)
          ? this.#emit(character.normalize('NFKC'), at, end)
          : this.#keep(at, end)
      case 'mark':
        return this.#foldMarks(at)
      case 'compatible':
        return this.#emit(character.normalize('NFKC'), at, end)
    }
  }

  #startRun(at: number): void {
    this.#writeSpace()
    this.#map.add(this.#length, at)
    this.#run = at
  }

  #endRun(end: number): void {
    if (this.#run < 0) return
    this.#pieces.push(this.#source.slice(this.#run, end))
    this.#length += end - this.#run
    this.#run = -1
  }

  #writeSpace(): void {
    if (this.#space < 0) return
    if (this.#length > 0) this.#write(' ', this.#space)
    this.#space = -1
  }

  #write(text: string, at: number): void {
    for (let unit = 0; unit < text.length; unit++) this.#map.add(this.#length + unit, at)
    this.#pieces.push(text)
    this.#length += text.length
  }

  #keep(at: number, end: number): number {
    if (this.#run < 0) this.#startRun(at)
    return end
  }

  #skip(at: number, end: number): number {
    this.#endRun(at)
    return end
  }

  #emit(text: string, at: number, end: number): number {
    this.#endRun(at)
    this.#writeSpace()
    this.#write(text, at)
    return end
  }

  #foldSpace(at: number, end: number): number {
    this.#endRun(at)
    if (this.#space < 0) this.#space = at
    return this.#source[at] === '\n' ? skipLineMarks(this.#source, end) : end
  }

  /** White space before it goes, unless a word follows at once: French has it, and so do marks that were taken away. */
  #foldPunctuation(at: number): number {
    if (this.#space >= 0 && !isWord(this.#source[at + 1])) this.#space = -1
    return this.#keep(at, at + 1)
  }

  #foldLink(at: number, part: RegExp): number {
    part.lastIndex = at
    const match = part.exec(this.#source)
    return match ? this.#skip(at, at + match[0].length) : this.#keep(at, at + 1)
  }

  #foldStop(at: number): number {
    if (!this.#source.startsWith('...', at)) return this.#foldPunctuation(at)
    let end = at + 3
    while (this.#source[end] === '.') end++
    return this.#foldEllipsis(at, end)
  }

  #foldEllipsis(at: number, end: number): number {
    this.#foldSpace(at, at)
    this.#emit('...', at, end)
    this.#space = at
    return end
  }

  #foldDash(at: number): number {
    let end = at + 1
    while (this.#source[end] === this.#source[at]) end++
    this.#foldSpace(at, at)
    this.#emit('-', at, end)
    this.#space = at
    return end
  }

  /** Emphasis and code marks go where they touch a word on one side only: `2*3` and `2 * 3` stay. */
  #foldMarkup(at: number, character: string): number {
    let end = at
    while (this.#source[end] === character) end++
    const before = isSpace(this.#source[at - 1])
    const after = isSpace(this.#source[end])
    const within = isWord(this.#source[at - 1]) && isWord(this.#source[end])
    return within || (before && after) ? this.#keep(at, end) : this.#skip(at, end)
  }

  #foldQuote(at: number, end: number, character: string): number {
    const isApostrophe = /['’‘`´ʼ＇׳]/u.test(character) && isWord(this.#source[at - 1]) && isWord(this.#source[end])
    return isApostrophe ? this.#emit("'", at, end) : this.#skip(at, end)
  }

  /** CO₂ is CO2 and m² is m2, but 10² is not 102, and a raised mark after a word belongs to no word. */
  #isPartOfName(at: number, character: string): boolean {
    const before = /\p{L}*$/u.exec(this.#source.slice(Math.max(0, at - 3), at))?.[0].length ?? 0
    return before > 0 && (before <= 2 || /[₀-₉]/u.test(character))
  }

  /** A letter and the marks on it, composed. */
  #foldMarks(at: number): number {
    const source = this.#source
    let end = at + 1
    while (end < source.length && end - at < MARKS && knownFolding(source.charAt(end)) === 'mark') end++
    const base = at - (isLowSurrogate(source.charCodeAt(at - 1)) ? 2 : 1)
    if (this.#run < 0 || base < this.#run) return this.#emit(source.slice(at, end).normalize('NFKC'), at, end)
    const written = source.slice(base, end)
    const composed = written.normalize('NFKC')
    if (composed === written) return end
    this.#endRun(base)
    return this.#emit(composed, base, end)
  }
}

function isPlain(unit: number): boolean {
  return unit < 128 && plain[unit] === 1
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/u.test(character)
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character)
}
