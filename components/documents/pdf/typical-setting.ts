import type { TextLine } from './text-lines.ts'

/** How most of a document is set, by which what is set otherwise is told: headings, notes, gaps between paragraphs. */
export interface TypicalSetting {
  /** Points of the font. */
  readonly size: number
  /** From a baseline to the next within a paragraph, in sizes of the font. */
  readonly pitch: number
}

const USUAL_PITCH = 1.2
const FARTHEST_PITCH = 2.6

export function typicalSetting(pages: readonly (readonly TextLine[])[]): TypicalSetting {
  const sizes = new Map<number, number>()
  for (const { size, text } of pages.flat()) count(sizes, Math.round(size * 2) / 2, text.length)
  const size = most(sizes) ?? 0
  const pitches = new Map<number, number>()
  for (const lines of pages) {
    for (const [at, line] of lines.entries()) {
      const above = lines[at - 1]
      if (!above || Math.abs(line.size - size) > 0.5 || Math.abs(above.size - size) > 0.5) continue
      const pitch = (above.base - line.base) / line.size
      if (pitch > 0.5 && pitch < FARTHEST_PITCH) count(pitches, Math.round(pitch * 20) / 20, line.text.length)
    }
  }
  return { size, pitch: most(pitches) ?? USUAL_PITCH }
}

function count(counts: Map<number, number>, value: number, weight: number): void {
  counts.set(value, (counts.get(value) ?? 0) + weight)
}

function most(counts: ReadonlyMap<number, number>): number | undefined {
  let found: number | undefined
  for (const [value, weight] of counts) if (weight > (counts.get(found ?? Number.NaN) ?? 0)) found = value
  return found
}
