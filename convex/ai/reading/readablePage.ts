import type { PageInput } from '../../model/answerInput.ts'
import { type Passage, splitPassages } from '../../model/splitPassages.ts'
import { estimateTokens } from '../../model/tokens.ts'

/** A page cut into the passages that can be sent of it. A passage's place in the list is its `passages.order`. */
export interface ReadablePage {
  readonly page: PageInput
  /** From 1, among the pages of the question: the P of a passage's mark `[P.N]`. */
  readonly number: number
  readonly passages: readonly Passage[]
  /** What each passage costs in a prompt, its mark included. */
  readonly tokens: readonly number[]
}

/** Of a mark and the blank line before a passage. */
const MARK_TOKENS = 5

export function readablePage(page: PageInput, number: number): ReadablePage {
  const passages = splitPassages(page.text, page.zones)
  const tokens = passages.map(({ start, end }) => estimateTokens(page.text.slice(start, end)) + MARK_TOKENS)
  return { page, number, passages, tokens }
}

/** The orders of a page's passages, of one zone or of both. */
export function ordersOf({ passages }: ReadablePage, zone?: Passage['zone']): number[] {
  return [...passages.keys()].filter((order) => zone === undefined || passages[order]?.zone === zone)
}

export function tokensOf({ tokens }: ReadablePage, orders: Iterable<number>): number {
  let sum = 0
  for (const order of orders) sum += tokens[order] ?? 0
  return sum
}
