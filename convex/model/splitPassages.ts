import type { Infer } from 'convex/values'
import type { zoneName, zoneRange } from '../validators.ts'

export interface Passage {
  readonly start: number
  readonly end: number
  readonly zone: Infer<typeof zoneName>
}

/** UTF-16 units: shorter blocks (a heading, a list item) join the next one; longer ones are cut at a sentence or word. */
const SHORT = 200
export const LONGEST_PASSAGE = 1200

/**
 * Cuts Markdown into passages about a paragraph long, in order, that together hold every character that is not white
 * space. Offsets count from `base`, where `text` begins in the whole.
 */
export function splitPassages(text: string, zones: readonly Infer<typeof zoneRange>[], base = 0): Passage[] {
  const passages: Passage[] = []
  let open: Passage | undefined
  for (const block of blocks(text)) {
    const zone = zoneAt(zones, base + block.start)
    for (const piece of cutLong(text, block.start, block.end)) {
      if (open && open.zone === zone && open.end - open.start < SHORT && piece.end - open.start <= LONGEST_PASSAGE) {
        open = { start: open.start, end: piece.end, zone }
      } else {
        if (open) passages.push(open)
        open = { ...piece, zone }
      }
    }
  }
  if (open) passages.push(open)
  return passages.map((passage) => ({ ...passage, start: passage.start + base, end: passage.end + base }))
}

/** Runs between blank lines, without the white space around them. */
function* blocks(text: string): Generator<{ start: number; end: number }> {
  let from = 0
  while (from < text.length) {
    const blank = text.indexOf('\n\n', from)
    const to = blank < 0 ? text.length : blank
    const run = text.slice(from, to)
    const start = from + (run.length - run.trimStart().length)
    const end = from + run.trimEnd().length
    if (start < end) yield { start, end }
    from = to + 2
  }
}

function* cutLong(text: string, from: number, to: number): Generator<{ start: number; end: number }> {
  let start = from
  while (to - start > LONGEST_PASSAGE) {
    const slice = text.slice(start, start + LONGEST_PASSAGE)
    const at = start + cutPoint(slice)
    const end = start + text.slice(start, at).trimEnd().length
    yield { start, end }
    start = at + (/^\s*/.exec(text.slice(at, to))?.[0].length ?? 0)
  }
  if (start < to) yield { start, end: to }
}

/** After the last sentence of the later half, else after its last white space, else at the end between code points. */
function cutPoint(slice: string): number {
  const half = Math.floor(slice.length / 2)
  for (const pattern of [/[.!?。！？؟।]["'”’»)\]]*\s|[。！？]|\n/g, /\s/g]) {
    const last = [...slice.slice(half).matchAll(pattern)].at(-1)
    if (last) return half + last.index + last[0].length
  }
  return /[\ud800-\udbff]$/.test(slice) ? slice.length - 1 : slice.length
}

/** Zones are sorted and do not overlap; between two of them is `main`. */
function zoneAt(zones: readonly Infer<typeof zoneRange>[], at: number): Infer<typeof zoneName> {
  let from = 0
  let to = zones.length
  while (from < to) {
    const middle = (from + to) >> 1
    const zone = zones[middle]
    if (zone && zone.end <= at) from = middle + 1
    else to = middle
  }
  const zone = zones[from]
  return zone && at >= zone.start ? zone.zone : 'main'
}
