/** A stretch of an answer's Markdown in which a quotation begins and ends: a paragraph, a list item, a row of a table. */
export interface Segment {
  /** Stands in a blockquote. */
  readonly quoted: boolean
  /** Where its first line begins, with `>` but without white space; a UTF-16 offset into the Markdown. */
  readonly start: number
  /** Its lines without the marks they begin with. */
  readonly lines: readonly Line[]
}

interface Line {
  readonly start: number
  readonly end: number
}

const fence = /^(`{3,}|~{3,})/
const rule = /^(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|=+[ \t]*)$/
const standsAlone = /^(?:#{1,6}[ \t]|\|)/
const alert = /^\[!\w+\]\s*$/

/** The segments of an answer in order. Code blocks are none. */
export function answerSegments(markdown: string): Segment[] {
  const segments: Segment[] = []
  let open: { quoted: boolean; start: number; lines: Line[] } | undefined
  let code: string | undefined
  for (const { start, end } of linesOf(markdown)) {
    const { content, first, quoted, beginsItem } = readMarks(markdown, start, end)
    const line = markdown.slice(content, end)
    const ticks = fence.exec(line)?.[1]
    if (code !== undefined) {
      if (ticks?.startsWith(code) && line.trim() === ticks) code = undefined
    } else if (ticks !== undefined) {
      code = ticks
      open = undefined
    } else if (line.trim() === '' || (line.length < 200 && rule.test(line)) || (quoted && alert.test(line))) {
      open = undefined
    } else {
      const alone = standsAlone.test(line)
      if (!open || open.quoted !== quoted || beginsItem || alone) {
        open = { quoted, start: first, lines: [] }
        segments.push(open)
      }
      open.lines.push({ start: content, end })
      if (alone) open = undefined
    }
  }
  return segments
}

/** Reads the marks of blockquotes and list items that begin a line. */
function readMarks(markdown: string, start: number, end: number) {
  let content = skipBlanks(markdown, start, end)
  const first = content
  let quoted = false
  let beginsItem = false
  for (;;) {
    const mark = markdown.slice(content, Math.min(end, content + 12))
    const item = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(mark)
    if (mark.startsWith('>')) {
      quoted = true
      content++
    } else if (item) {
      beginsItem = true
      content += item[0].length
    } else return { content, first, quoted, beginsItem }
    content = skipBlanks(markdown, content, end)
  }
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from
  while (at < to && (text[at] === ' ' || text[at] === '\t')) at++
  return at
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    yield { start, end: text[end - 1] === '\r' ? Math.max(start, end - 1) : end }
    start = (found < 0 ? text.length : found) + 1
  }
}
