import type { Passage } from './find-passage.ts'
import type { LiveText } from './live-text.ts'

/** The parts of a page that show a passage: one range a text node, for no range can leave its tree. */
export function rangesOf({ pieces }: LiveText, { start, end }: Passage): readonly Range[] {
  const ranges: Range[] = []
  for (const { node, start: from } of pieces) {
    const [first, last] = [Math.max(0, start - from), Math.min(node.data.length, end - from)]
    if (first >= last || node.data.slice(first, last).trim() === '') continue
    const range = node.ownerDocument.createRange()
    range.setStart(node, first)
    range.setEnd(node, last)
    ranges.push(range)
  }
  return ranges
}
