/** The passage that an answer names after a quote: both counted as in `AnswerQuote`. */
export interface PassageMark {
  readonly page: number
  readonly order: number
}

// "[1.12]" is what the prompt asks for; models also write "[P1.12]", "[1.12, 1.13]" and 【1.12】.
const mark = String.raw`\\?[\[【]\s*(?:[Pp]\.?\s*)?(\d{1,3})\.(\d{1,6})(?:\s*[-–,;]\s*(?:\d{1,3}\.)?\d{1,6})*\s*\\?[\]】]`
const marks = String.raw`${mark}(?:[ \t]*${mark})*`
const following = new RegExp(String.raw`(?:[*_]{1,3})?[ \t]*[.,;:!?]?[ \t]*${marks}`, 'y')
const onNextLine = new RegExp(String.raw`[ \t]*\n\s{0,8}${marks}[ \t]*(?=\n|$)`, 'y')
const ending = new RegExp(String.raw`[ \t]*${marks}\s*$`)

/** The marks that follow a quote in the Markdown at `at`: what the first one names, and where the last one ends. */
export function markAfter(markdown: string, at: number, block: boolean): { passage: PassageMark; end: number } | null {
  const pattern = block ? onNextLine : following
  pattern.lastIndex = at
  const match = pattern.exec(markdown)
  const passage = match && read(match)
  return match && passage ? { passage, end: at + match[0].length } : null
}

/** The marks that a quote's own text ends with, and the text without them. */
export function markAtEnd(text: string): { passage: PassageMark; text: string } | null {
  const match = ending.exec(text)
  const passage = match && read(match)
  return match && passage ? { passage, text: text.slice(0, match.index) } : null
}

function read(match: RegExpExecArray): PassageMark | null {
  const [page, place] = [Number(match[1]), Number(match[2])]
  return page >= 1 && place >= 1 ? { page, order: place - 1 } : null
}
