import type { TextLine } from './text-lines.ts'
import type { TypicalSetting } from './typical-setting.ts'

const bullet = /^[•◦▪‣∙●○■□·*–—-]\s/u
const numbered = /^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\[\d{1,3}\])\s/u
const sentenceEnd = /[.!?:;。！？：；…]["'”’»)\]]*$/u
/** Closing marks after a sentence's end are few: a longer end of a line need not be looked at. */
const END_LENGTH = 20

/** Lines that follow one another. Which of them belong together is told by gaps, indents, sizes and short last lines. */
export class Paragraph {
  readonly lines: TextLine[]
  #left: number
  #right: number

  constructor(first: TextLine) {
    this.lines = [first]
    this.#left = first.start
    this.#right = first.end
  }

  get last(): TextLine | undefined {
    return this.lines.at(-1)
  }

  add(lines: readonly TextLine[]): void {
    for (const line of lines) {
      this.lines.push(line)
      this.#left = Math.min(this.#left, line.start)
      this.#right = Math.max(this.#right, line.end)
    }
  }

  /** Whether a line of the same page and column goes on with it. */
  isFollowedBy(line: TextLine, { pitch }: TypicalSetting): boolean {
    const [first, last] = [this.lines[0], this.last]
    if (!first || !last || !isAlike(last, line)) return false
    const size = Math.max(last.size, line.size)
    const down = last.base - line.base
    if (Math.abs(down) < size * 0.4) return true
    if (down < 0 || down > size * pitch * 1.35) return false
    if (bullet.test(line.text)) return false
    const ended = endsSentence(last)
    const item = beginsItem(first)
    if (numbered.test(line.text) && (ended || item)) return false
    const indent = size * 0.8
    if (line.start - last.start > indent && ended && !item) return false
    if (this.lines.length > 1 && last.start - line.start > indent) return false
    return !(ended && this.#leavesFree(last, Math.max(this.#right, line.end)))
  }

  /** Whether it stands at the end of a page or column and goes on in the paragraph that begins the next. */
  continuesIn(next: Paragraph): boolean {
    const [last, first, second] = [this.last, next.lines[0], next.lines[1]]
    if (!last || !first || !isAlike(last, first) || beginsItem(first)) return false
    if (/\p{L}[-\u2010\u00AD]$/u.test(last.text.slice(-3))) return true
    if (endsSentence(last)) {
      // The line's end may be chance: only where it is set to the full width, between long paragraphs, it goes on.
      const full = this.lines.length > 2 && this.#right - last.end < (this.#right - this.#left) / 50
      return full && second !== undefined && first.start - second.start < first.size * 0.8
    }
    const full = this.lines.length > 1 && !this.#leavesFree(last, this.#right)
    return full || /^[\p{Ll}\p{Lo}\p{N}(“"'‘«]/u.test(first.text)
  }

  /** Whether a line leaves more than a seventh of the paragraph's width free, as a last line mostly does. */
  #leavesFree(line: TextLine, right: number): boolean {
    return right - line.end > (right - this.#left) / 7
  }
}

function endsSentence({ text }: TextLine): boolean {
  return sentenceEnd.test(text.slice(-END_LENGTH))
}

function beginsItem({ text }: TextLine): boolean {
  return bullet.test(text) || numbered.test(text)
}

function isAlike(a: TextLine, b: TextLine): boolean {
  const ratio = a.size / b.size
  return a.angle === b.angle && ratio > 0.87 && ratio < 1.15
}
