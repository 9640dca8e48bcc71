import type { HighlightRequest } from '../../protocol/highlight.ts'
import { skeletonOf } from './skeleton.ts'

/** UTF-16 offsets, end exclusive. */
export interface Passage {
  readonly start: number
  readonly end: number
}

/**
 * Where a page's text has the words that a snapshot of it had. Of several places, one that begins and ends with whole
 * words, and then the one whose surroundings are most alike. Undefined when it has them nowhere, letter for letter.
 */
export function findPassage(text: string, { words, prefix, suffix }: HighlightRequest): Passage | undefined {
  const page = skeletonOf(text)
  const [before, after] = [skeletonOf(prefix).text, skeletonOf(suffix).text]
  for (const form of new Set([words, withoutListNumbers(words)])) {
    const wanted = skeletonOf(form).text
    if (wanted === '') continue
    let best: { readonly start: number; readonly likeness: number } | undefined
    for (let start = page.text.indexOf(wanted); start >= 0; start = page.text.indexOf(wanted, start + 1)) {
      const end = start + wanted.length
      const likeness =
        commonEnd(page.text.slice(Math.max(0, start - before.length), start), before) +
        commonStart(page.text.slice(end, end + after.length), after) +
        (page.isWhole(start, end) ? before.length + after.length + 1 : 0)
      if (!best || likeness > best.likeness) best = { start, likeness }
    }
    if (best) {
      return { start: page.toSource(best.start), end: page.toSource(best.start + wanted.length - 1) + 1 }
    }
  }
  return undefined
}

/** A snapshot writes the numbers of a list, which a page only draws. */
function withoutListNumbers(words: string): string {
  return words.replace(/^[ \t>]*\d{1,9}[.)][ \t]/gm, '')
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

function commonEnd(a: string, b: string): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1
  return length
}
