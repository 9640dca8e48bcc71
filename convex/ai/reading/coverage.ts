import type { Infer } from 'convex/values'
import { countWords } from '../../../protocol/count-words.ts'
import type { SentContext } from '../../model/sent.ts'
import type { range, zoneName } from '../../validators.ts'
import { type ReadablePage, ordersOf } from './readablePage.ts'

type Range = Infer<typeof range>
type Zone = Infer<typeof zoneName>

/** What of a page is, or was, in the prompts of an answer. */
export interface PageReading {
  readonly page: ReadablePage
  readonly reading: SentContext['reading']
  /** Of the passages, sorted. */
  readonly orders: readonly number[]
  /** Headings that go beside them. */
  readonly outline: readonly Range[]
}

/** Words of what is sent, where they were counted before. */
type Counted = Partial<Record<Zone, number>>

/**
 * The stretches of the page's text that were sent and the words in them. Words of a zone that was sent whole are those
 * counted at capture; others are counted here, as capture counts.
 */
export function coverageOf(given: PageReading, passes = 1, counted: Counted = {}): SentContext {
  const { contextId, wordsMain, wordsRest } = given.page.page
  return {
    contextId,
    reading: given.reading,
    passes,
    passageCount: given.orders.length,
    sentRanges: rangesOf(given),
    ...withSum({
      sentMainWords: wordsIn(given, 'main', { ofZone: wordsMain, known: counted.main }),
      sentRestWords: wordsIn(given, 'rest', { ofZone: wordsRest, known: counted.rest }),
    }),
  }
}

/** The same for a server that read only a part of what it was sent. */
export function servedCoverage(sent: SentContext, share: number): SentContext {
  if (share >= 1) return sent
  return {
    ...sent,
    serverCut: true,
    ...withSum({
      sentMainWords: Math.floor(sent.sentMainWords * share),
      sentRestWords: Math.floor(sent.sentRestWords * share),
    }),
  }
}

function withSum(words: { sentMainWords: number; sentRestWords: number }) {
  return { ...words, sentWords: words.sentMainWords + words.sentRestWords }
}

function wordsIn(
  given: PageReading,
  zone: Zone,
  { ofZone, known }: { ofZone: number; known?: number | undefined },
): number {
  const { page } = given
  const sent = given.orders.filter((order) => page.passages[order]?.zone === zone)
  if (sent.length === ordersOf(page, zone).length) return ofZone
  // Not all of it was sent, however the two counts differ at the edges of passages.
  return Math.min(known ?? countIn(given, zone), Math.max(0, ofZone - 1))
}

/** Words of one zone in what is sent. */
export function countIn(given: PageReading, zone: Zone): number {
  const { text, lang = '' } = given.page.page
  let words = 0
  for (const { start, end } of rangesOf(given, zone)) words += countWords(text.slice(start, end), lang)
  return words
}

/** Sorted and merged: passages that follow each other are one stretch, with the white space between them. */
function rangesOf({ page, orders, outline }: PageReading, zone?: Zone): Range[] {
  const ranges: Range[] = []
  let before = -2
  for (const order of orders) {
    const passage = page.passages[order]
    if (!passage || (zone !== undefined && passage.zone !== zone)) continue
    const start = order === before + 1 ? (page.passages[before]?.end ?? passage.start) : passage.start
    ranges.push({ start, end: passage.end })
    before = order
  }
  const headings = zone === undefined ? outline : outline.filter(({ start }) => zoneAt(page, start) === zone)
  return mergeRanges([...ranges, ...headings])
}

function zoneAt({ passages }: ReadablePage, at: number): Zone {
  return passages.findLast(({ start }) => start <= at)?.zone ?? 'main'
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else merged.push({ start, end })
  }
  return merged
}
