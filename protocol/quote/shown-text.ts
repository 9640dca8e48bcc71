import type { Segment } from './answer-segments.ts'

/** A segment as a person reads it, without the Markdown, and where what each UTF-16 unit stands for begins and ends there. */
export interface ShownText {
  readonly text: string
  readonly offsets: readonly number[]
  readonly ends: readonly number[]
  /** Units that are code: a quotation mark among them marks nothing. */
  readonly code: ReadonlySet<number>
}

const escaped = /\\([!-/:-@[-`{-~])/y
const entity = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,8}));/y
const image = /!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/y
const linkEnd = /\]\([^)\s]{0,2000}(?:[ \t]+"[^"\n]{0,200}")?\)/y
const tag =
  /<(?:br|hr)\s*\/?>|<\/?(?:b|i|em|strong|u|s|q|mark|small|sub|sup|span|code|cite|abbr|del|ins|p)\b[^>\n]{0,200}>/iy
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  bdquo: '„',
  hellip: '…',
  mdash: '—',
  ndash: '–',
}

export function shownText(markdown: string, { lines }: Segment): ShownText {
  const reader = new Reader(markdown)
  for (const [index, { start, end }] of lines.entries()) {
    if (index > 0) reader.write(' ', start - 1)
    reader.read(start, end)
  }
  return { text: reader.units.join(''), offsets: reader.offsets, ends: reader.ends, code: reader.code }
}

class Reader {
  readonly units: string[] = []
  readonly offsets: number[] = []
  readonly ends: number[] = []
  readonly code = new Set<number>()
  readonly #markdown: string
  /** Emphasis that `_` began. */
  #underlined = 0

  constructor(markdown: string) {
    this.#markdown = markdown
  }

  write(text: string, at: number, end = at + 1): void {
    for (const unit of text.split('')) {
      this.units.push(unit)
      this.offsets.push(at)
      this.ends.push(end)
    }
  }

  read(start: number, end: number): void {
    let at = start
    while (at < end) at = this.#readOne(at, end)
  }

  #readOne(at: number, end: number): number {
    const unit = this.#markdown.charAt(at)
    switch (unit) {
      case '\\': {
        const match = this.#match(escaped, at)
        if (!match) break
        this.write(match[1] ?? '', at + 1)
        return at + 2
      }
      case '&': {
        const match = this.#match(entity, at)
        const character = match && decode(match)
        if (!match || !character) break
        this.write(character, at, at + match[0].length)
        return at + match[0].length
      }
      case '`':
        return this.#readCode(at, end)
      case '*':
      case '_':
      case '~':
        return this.#readEmphasis(at, end, unit)
      case '!':
      case ']':
      case '<': {
        const match = this.#match(unit === '!' ? image : unit === ']' ? linkEnd : tag, at)
        if (!match) break
        if (/^<[bh]r/i.test(match[0])) this.write(' ', at)
        if (unit === ']') this.#dropLinkBegin()
        return at + match[0].length
      }
      default:
    }
    this.write(unit, at)
    return at + 1
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at
    return pattern.exec(this.#markdown)
  }

  /** `[text](address)` shows its text. */
  #dropLinkBegin(): void {
    const begin = this.units.lastIndexOf('[')
    if (begin < 0) return
    this.units.splice(begin, 1)
    this.offsets.splice(begin, 1)
    this.ends.splice(begin, 1)
  }

  #readCode(at: number, end: number): number {
    let open = at
    while (open < end && this.#markdown[open] === '`') open++
    const ticks = this.#markdown.slice(at, open)
    let close = this.#markdown.indexOf(ticks, open)
    while (close >= 0 && close < end && this.#markdown[close + ticks.length] === '`') {
      while (this.#markdown[close] === '`') close++
      close = this.#markdown.indexOf(ticks, close)
    }
    if (close < 0 || close >= end) {
      for (let tick = at; tick < open; tick++) this.write('`', tick)
      return open
    }
    for (let inside = open; inside < close; inside++) {
      this.code.add(this.units.length)
      this.write(this.#markdown.charAt(inside), inside)
    }
    return close + ticks.length
  }

  /** Marks of emphasis touch a word on one side; `_` after a word only ends one, and marks between spaces are text. */
  #readEmphasis(at: number, end: number, unit: string): number {
    let after = at
    while (after < end && this.#markdown[after] === unit) after++
    const spaceBefore = /^\s?$/.test(this.#markdown.slice(Math.max(0, at - 1), at))
    const spaceAfter = after >= end || /\s/.test(this.#markdown.charAt(after))
    const isText =
      (spaceBefore && spaceAfter) ||
      (unit === '_' && !this.#underlines(isWord(this.#markdown.charAt(at - 1)), this.#markdown.charAt(after))) ||
      (unit === '~' && after - at !== 2)
    if (isText) for (let mark = at; mark < after; mark++) this.write(unit, mark)
    return after
  }

  /** `x_{1}` underlines nothing, nor does `snake_case`. */
  #underlines(afterWord: boolean, next: string): boolean {
    if (this.#underlined > 0 && !isWord(next)) this.#underlined--
    else if (afterWord) return false
    else this.#underlined++
    return true
  }
}

function decode(match: RegExpExecArray): string | undefined {
  const [, decimal, hex, name] = match
  if (name !== undefined) return entities[name]
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    ? String.fromCodePoint(point)
    : undefined
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character)
}
