import { type ReadablePage, tokensOf } from './readablePage.ts'

/** One reading of a run of passages of one page. */
export interface Pass {
  readonly page: ReadablePage
  /** Sorted. */
  readonly orders: readonly number[]
}

/** Passes of one answer at most. What lies beyond is not read, and the coverage says so. */
export const MAX_PASSES = 64

/**
 * Puts the given passages of each page into as few passes as fit `room` tokens each, in order, every passage in exactly
 * one. A passage that is larger than the room has a pass of its own.
 */
export function packPasses(pages: readonly { page: ReadablePage; orders: readonly number[] }[], room: number): Pass[] {
  return pages.flatMap(({ page, orders }) => packPage(page, orders, room))
}

/** At most `most` passes, spread evenly over the pages, so that what is left out is nowhere a whole half. */
export function spreadPasses(passes: readonly Pass[], most = MAX_PASSES): Pass[] {
  if (passes.length <= most) return [...passes]
  return Array.from({ length: most }, (_, index) => passes[Math.floor((index * passes.length) / most)]).filter(
    (pass) => pass !== undefined,
  )
}

/** Fills the passes evenly rather than leaving a scrap for the last one. */
function packPage(page: ReadablePage, orders: readonly number[], room: number): Pass[] {
  const whole = tokensOf(page, orders)
  const least = Math.max(1, Math.ceil(whole / room))
  for (const target of [Math.ceil((whole / least) * 1.05), room]) {
    const passes = fill(page, orders, Math.min(target, room))
    if (passes.length <= least || target === room) return passes
  }
  return []
}

function fill(page: ReadablePage, orders: readonly number[], room: number): Pass[] {
  const passes: Pass[] = []
  let open: number[] = []
  let spent = 0
  for (const order of orders) {
    const cost = page.tokens[order] ?? 0
    if (open.length > 0 && spent + cost > room) {
      passes.push({ page, orders: open })
      open = []
      spent = 0
    }
    open.push(order)
    spent += cost
  }
  if (open.length > 0) passes.push({ page, orders: open })
  return passes
}
