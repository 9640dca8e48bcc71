import { SHEET } from './write-pdf.ts'
import type { SetText } from './write-pdf.ts'

interface Column {
  readonly x?: number
  /** The baseline of the first line, from the foot of the sheet. */
  readonly top?: number
  readonly size?: number
  readonly leading?: number
}

/** Lines below one another. An empty line leaves its place free; a line that begins with two spaces is indented. */
export function setLines(lines: readonly string[], column: Column = {}): SetText[] {
  const { x = 72, top = SHEET.height - 72, size = 11, leading = size * 1.25 } = column
  return lines.flatMap((line, at) => {
    const text = line.trimStart()
    if (text === '') return []
    return [{ text, x: x + (line.length - text.length) * size * 0.6, y: top - at * leading, size }]
  })
}
