import type { Id } from '../../_generated/dataModel.js'
import type { AnswerInput, PageInput } from '../../model/answerInput.ts'
import { estimateTokens } from '../../model/tokens.ts'
import { questionTerms } from '../extractive/questionTerms.ts'
import type { PageReading } from './coverage.ts'
import { fairShares } from './fairShares.ts'
import { nearestPassages } from './nearestPassages.ts'
import { outlineOf } from './outlineOf.ts'
import { packPasses, type Pass, spreadPasses } from './packPasses.ts'
import { rankPassages } from './rankPassages.ts'
import { ordersOf, type ReadablePage, readablePage, tokensOf } from './readablePage.ts'

/** How the pages of a question are read: all that is sent in one prompt, or pass by pass with notes. */
export type ReadingPlan =
  | { readonly kind: 'single'; readonly pages: readonly PageReading[] }
  | { readonly kind: 'passes'; readonly pages: readonly ReadablePage[]; readonly passes: readonly Pass[] }

/** The orders of a snapshot's passages that a full-text search finds, best first; null while its index is written. */
export type SearchPassages = (
  snapshotId: Id<'snapshots'>,
  words: readonly string[],
  passageCount: number,
) => Promise<readonly number[] | null>

interface Request {
  readonly input: AnswerInput
  /** Tokens for page text in the prompt of the answer, and in that of one pass. */
  readonly room: number
  readonly passRoom: number
  readonly search: SearchPassages
}

/** The part of a page's share that its headings may take. */
const OUTLINE_SHARE = 0.1
/** Passages that a search finds at most; with fewer than the second, the other forms of the words are looked for too. */
export const HITS = 40
const FEW_HITS = 8

export async function planReading({ input, room, passRoom, search }: Request): Promise<ReadingPlan> {
  const pages = input.pages.map((page, index) => readablePage(page, index + 1))
  const needs = pages.map((page) => tokensOf(page, page.passages.keys()))
  if (sum(needs) <= room) return single(pages.map((page) => wholePage(page, ordersOf(page))))
  if (asksForAll(input)) return readAll(pages, { room, passRoom, withRest: input.withRest })

  const shares = fairShares(needs, room)
  const readings: PageReading[] = []
  for (const [index, page] of pages.entries()) {
    const share = shares[index] ?? 0
    const fits = (needs[index] ?? 0) <= share
    readings.push(fits ? wholePage(page, ordersOf(page)) : await readNearest(page, share, { input, search }))
  }
  return single(readings)
}

/** A summary, a comparison, or a question whose words are about no part of the page more than another. */
function asksForAll({ task, question, pages }: AnswerInput): boolean {
  if (task === 'summarise' || task === 'compare') return true
  return !pages.some(({ quote }) => quote) && questionTerms(question, pages[0]?.lang).length === 0
}

function readAll(
  pages: readonly ReadablePage[],
  { room, passRoom, withRest }: { room: number; passRoom: number; withRest: boolean },
): ReadingPlan {
  const wanted = pages.map((page) => ({ page, orders: withRest ? ordersOf(page) : mainOrAll(page) }))
  const fits = sum(wanted.map(({ page, orders }) => tokensOf(page, orders))) <= room
  if (fits) return single(wanted.map(({ page, orders }) => wholePage(page, orders)))
  return { kind: 'passes', pages, passes: spreadPasses(packPasses(wanted, passRoom)) }
}

/** A page that seems to have no main text is summarised by the rest of it. */
function mainOrAll(page: ReadablePage): number[] {
  const main = ordersOf(page, 'main')
  return main.length > 0 ? main : ordersOf(page)
}

async function readNearest(
  page: ReadablePage,
  share: number,
  { input, search }: Pick<Request, 'input' | 'search'>,
): Promise<PageReading> {
  const words = searchWords(input, page.page)
  const found = await search(page.page.snapshotId, words, page.passages.length)
  const hits = new Set(found)
  if (hits.size < FEW_HITS) for (const order of await rankPassages(page, words, HITS)) hits.add(order)
  const outline = outlineOf(page.page.text, share * OUTLINE_SHARE)
  const orders = nearestPassages({
    page,
    hits: [...hits].slice(0, HITS),
    first: selectedOrders(page),
    room: share - tokensOfOutline(page, outline),
  })
  return { page, reading: 'nearest', orders, outline: orders.length === page.passages.length ? [] : outline }
}

/** The words of the question, and for a selection its own too: it may be all that "explain this" is about. */
function searchWords({ question }: AnswerInput, { quote = '', lang }: PageInput): string[] {
  return [...new Set([...questionTerms(question, lang), ...questionTerms(quote.slice(0, 1000), lang)])].slice(0, 16)
}

function selectedOrders({ page, passages }: ReadablePage): number[] {
  const ranges = page.quoteRanges ?? []
  return [...passages.keys()].filter((order) => {
    const { start, end } = passages[order] ?? { start: 0, end: 0 }
    return ranges.some((selected) => selected.start < end && selected.end > start)
  })
}

function tokensOfOutline({ page }: ReadablePage, outline: PageReading['outline']): number {
  return sum(outline.map(({ start, end }) => estimateTokens(page.text.slice(start, end)) + 1))
}

function wholePage(page: ReadablePage, orders: readonly number[]): PageReading {
  return { page, reading: 'whole', orders, outline: [] }
}

function single(pages: readonly PageReading[]): ReadingPlan {
  return { kind: 'single', pages }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
