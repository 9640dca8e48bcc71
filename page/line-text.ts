import type { Block } from './block.ts'
import { collapseSpace } from './white-space.ts'

/** The words of blocks on one line, for headings and table cells. */
export function lineText(blocks: readonly Block[]): string {
  return collapseSpace(blocks.map(({ text }) => text).join(' ')).trim()
}
