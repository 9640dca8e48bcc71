import type { Infer } from 'convex/values'
import type { range } from '../../validators.ts'
import { estimateTokens } from '../../model/tokens.ts'

/** Deeper ones are left out first; a page's first level is never worth more than this part of a share. */
const LEVELS = [6, 5, 4, 3, 2, 1]

interface Heading {
  readonly level: number
  readonly start: number
  readonly end: number
}

/**
 * The places of a page's headings, in order: as many levels of them, from the highest, as fit `tokens`. Of a first level
 * that does not fit, those that do.
 */
export function outlineOf(text: string, tokens: number): Infer<typeof range>[] {
  const headings = headingsOf(text)
  const cost = ({ start, end }: Heading): number => estimateTokens(text.slice(start, end)) + 1
  for (const deepest of LEVELS) {
    const kept = headings.filter(({ level }) => level <= deepest)
    if (kept.reduce((sum, heading) => sum + cost(heading), 0) <= tokens) return kept.map(place)
  }
  const kept: Heading[] = []
  let left = tokens
  for (const heading of headings.filter(({ level }) => level === Math.min(...headings.map((one) => one.level)))) {
    left -= cost(heading)
    if (left < 0) break
    kept.push(heading)
  }
  return kept.map(place)
}

function headingsOf(text: string): Heading[] {
  const headings: Heading[] = []
  let fenced = false
  for (const match of text.matchAll(/^(?:(```|~~~)|(#{1,6}) +\S).*$/gm)) {
    const [line, fence, marks = ''] = match
    if (fence !== undefined) fenced = !fenced
    else if (!fenced) headings.push({ level: marks.length, start: match.index, end: match.index + line.length })
  }
  return headings
}

function place({ start, end }: Heading): Infer<typeof range> {
  return { start, end }
}
