import type { Block } from './block.ts'
import { truncateUtf8 } from './truncate-utf8.ts'

export interface Zone {
  readonly zone: 'main' | 'rest'
  /** UTF-16 offsets into the text, `end` exclusive. */
  readonly start: number
  readonly end: number
}

export interface LabelledBlock extends Block {
  readonly zone: Zone['zone']
}

export interface JoinedBlocks {
  readonly text: string
  readonly zones: readonly Zone[]
  readonly truncated: boolean
}

const separator = '\n\n'

/** A snapshot's text: blocks one blank line apart, cut at `bytes` of UTF-8, with the runs of each zone. */
export function joinBlocks(blocks: readonly LabelledBlock[], bytes: number): JoinedBlocks {
  const { text, truncated } = truncateUtf8(blocks.map((block) => block.text).join(separator), bytes)
  const zones: Zone[] = []
  let start = 0
  for (const block of blocks) {
    if (start >= text.length) break
    const end = Math.min(start + block.text.length, text.length)
    const last = zones.at(-1)
    if (last?.zone === block.zone) zones[zones.length - 1] = { ...last, end }
    else zones.push({ zone: block.zone, start, end })
    start = end + separator.length
  }
  return { text, zones, truncated }
}
