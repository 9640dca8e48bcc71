import type { Block } from './block.ts'
import type { PlacedBlock } from './placed-blocks.ts'

/** Blocks without their places; items that follow each other in one list are one block again. */
export function joinItems(placed: readonly PlacedBlock[]): readonly Block[] {
  const joined: { kind: Block['kind']; lines: string[]; list: Element | undefined }[] = []
  for (const { kind, text, list } of placed) {
    const last = joined.at(-1)
    if (last !== undefined && list !== undefined && last.list === list) last.lines.push(text)
    else joined.push({ kind, lines: [text], list })
  }
  return joined.map(({ kind, lines }) => ({ kind, text: lines.join('\n') }))
}
