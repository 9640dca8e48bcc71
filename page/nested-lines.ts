/**
 * Text with a mark on its first line and another on the following ones, as Markdown nests lists and quotes.
 * Nesting is marked eight levels deep; deeper levels stay at the eighth, so that a page cannot make the text grow with
 * the square of its depth.
 */
export function nestedLines(text: string, first: string, rest: string): string {
  const lines = text.split('\n')
  return lines.map((line, index) => prefixed(line, index === 0 ? first : rest)).join('\n')
}

function prefixed(line: string, prefix: string): string {
  const marks = /^[ >]*/.exec(line)?.[0] ?? ''
  return marks.length >= deepest ? (prefix.trimEnd() === '' ? line : prefix + line.slice(marks.length)) : prefix + line
}

const deepest = 16
