import { ordersOf, type ReadablePage } from './readablePage.ts'

interface Ranked {
  readonly page: ReadablePage
  /** Orders of the passages that the search found, best first. */
  readonly hits: readonly number[]
  /** Orders that come before all others: a selection's own. */
  readonly first: readonly number[]
  /** Tokens for all of them. */
  readonly room: number
}

/** Hits that bring their neighbours; further ones come alone. */
const WITH_NEIGHBOURS = 8
/** Passages on each side of a selection. */
const SURROUNDINGS = 3
/** How a page begins says what it is; sent when nothing better needs the room. */
const LEAD = 6

/**
 * Which passages of a page that is too long to send go with a question: a selection with its surroundings, the passages
 * found with their neighbours, then the page's beginning, each while there is room. Sorted.
 */
export function nearestPassages(ranked: Ranked): number[] {
  const { page, room } = ranked
  const chosen = new Set<number>()
  let left = room
  for (const order of wanted(ranked)) {
    const cost = page.tokens[order]
    // A smaller one may still fit; nothing is cut.
    if (cost === undefined || cost > left || chosen.has(order)) continue
    chosen.add(order)
    left -= cost
  }
  return [...chosen].toSorted((a, b) => a - b)
}

function* wanted({ page, hits, first }: Ranked): Generator<number> {
  yield* first
  for (let away = 1; away <= SURROUNDINGS; away++) for (const order of first) yield* [order - away, order + away]
  const near = hits.slice(0, WITH_NEIGHBOURS)
  for (const order of near) yield* [order, order + 1, order - 1]
  yield* hits.slice(WITH_NEIGHBOURS)
  yield* ordersOf(page, 'main').slice(0, LEAD)
}
