/**
 * The end of the Markdown that begins the line at `at`: `#`, `-`, `>` and their like, the ruling line of a table, the
 * fence of code, the mark of a PDF's page. Numbers of lists stay, for they may be words of the page ("1871. The year…"). Reads each character
 * of the line at most twice.
 */
export function skipLineMarks(text: string, at: number): number {
  const ruled = Math.max(skipRuling(text, at), skipPageMark(text, at))
  if (ruled > at) return ruled
  let from = at
  for (;;) {
    const mark = skipBlanks(text, from)
    const end = endOfMark(text, mark)
    if (end === mark) return mark
    from = end
  }
}

function endOfMark(text: string, at: number): number {
  const first = text[at]
  if (first === '>') return at + 1
  if (first === '-' || first === '*' || first === '+' || first === '•') return isBlank(text[at + 1]) ? at + 1 : at
  if (first === '`' && text.startsWith('```', at)) return endOfLine(text, at)
  if (first !== '#') return at
  let end = at
  while (text[end] === '#' && end - at < 7) end++
  return end - at <= 6 && isBlank(text[end]) ? end : at
}

/** `| --- | :-: |` and `---`. */
function skipRuling(text: string, at: number): number {
  let end = at
  let dashes = 0
  for (; end < text.length && text[end] !== '\n'; end++) {
    const unit = text[end]
    if (unit === '-') dashes++
    else if (unit !== '|' && unit !== ':' && !isBlank(unit)) return at
  }
  return dashes >= 3 ? end : at
}

/** `## Page 3`, which stands between the pages of a PDF (components/documents): a quote may cross it. */
function skipPageMark(text: string, at: number): number {
  const [mark = ''] = /^## Page \d{1,4}(?=\n|$)/.exec(text.slice(at, at + 16)) ?? []
  return at + mark.length
}

function skipBlanks(text: string, at: number): number {
  let end = at
  while (text[end] === ' ' || text[end] === '\t') end++
  return end
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function isBlank(unit: string | undefined): boolean {
  return unit === undefined || unit === ' ' || unit === '\t' || unit === '\n'
}
