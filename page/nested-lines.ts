/** Characters of nesting marks at a line's beginning, eight levels of them. */
const deepest = 16

/**
 * Text with a mark on its first line and another on the following ones, as Markdown nests lists and quotes. Lines that
 * are eight levels deep are not indented further, so that a page cannot make its text grow with the square of its depth.
 */
export function nestedLines(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (indentOf(line) < deepest ? (index === 0 ? first : rest) + line : line))
    .join('\n')
}

function indentOf(line: string): number {
  return line.search(/[^ >]|$/)
}
