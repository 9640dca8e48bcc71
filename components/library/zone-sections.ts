import type { TextBlock } from './text-blocks.ts'

export interface ZoneRun {
  readonly zone: 'main' | 'rest'
  readonly start: number
  readonly end: number
}

export interface ZoneSection {
  readonly zone: ZoneRun['zone']
  readonly blocks: readonly TextBlock[]
}

/** Blocks in the order of the text, those of one zone that follow each other together. Without a zone: main. */
export function zoneSections(blocks: readonly TextBlock[], zones: readonly ZoneRun[]): readonly ZoneSection[] {
  const sections: { zone: ZoneRun['zone']; blocks: TextBlock[] }[] = []
  let at = 0
  for (const block of blocks) {
    while ((zones[at]?.end ?? Infinity) <= block.start) at += 1
    const run = zones[at]
    const zone = run && run.start <= block.start ? run.zone : 'main'
    const last = sections.at(-1)
    if (last?.zone === zone) last.blocks.push(block)
    else sections.push({ zone, blocks: [block] })
  }
  return sections
}
