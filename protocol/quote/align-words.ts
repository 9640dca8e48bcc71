import type { Word } from './word.ts'

/** One step through a quote and the words it stands for: `quote` alone was added, `page` alone was left out. */
export interface Step {
  readonly quote?: Word
  readonly page?: Word
}

const CHANGE = 20
const OTHER_CASE = 8
const OPTIONAL = 1
/** A changed word at the edge of a quote rather stands for nothing than for a word of the sentence beside it. */
const OTHER_SENTENCE = 1

/**
 * The cheapest way to read a quote's words from some of a passage's, in order. With `within`, words of the passage
 * before and after cost nothing; else all of both are accounted for. Time and room are the product of both lengths.
 */
export function alignWords(quote: readonly Word[], page: readonly Word[], within: boolean): Step[] {
  const width = page.length + 1
  const costs = new Int32Array((quote.length + 1) * width)
  const cost = (row: number, column: number): number => costs[row * width + column] ?? 0
  for (let column = 1; column < width; column++) {
    const word = page[column - 1]
    costs[column] = within || !word ? 0 : cost(0, column - 1) + leftOut(word)
  }
  for (let row = 1; row <= quote.length; row++) {
    costs[row * width] = cost(row - 1, 0) + CHANGE
    for (let column = 1; column < width; column++) {
      const [a, b] = [quote[row - 1], page[column - 1]]
      if (!a || !b) continue
      const edge = within ? edgeCost(row, quote.length, b) : 0
      costs[row * width + column] = Math.min(
        cost(row - 1, column - 1) + change(a, b, edge),
        cost(row - 1, column) + CHANGE,
        cost(row, column - 1) + leftOut(b),
      )
    }
  }

  const steps: Step[] = []
  let row = quote.length
  let column = within ? lastCheapest(costs.subarray(row * width)) : page.length
  const firstColumn = within ? page.length : 0
  while (row > 0 || column > firstColumn) {
    const [a, b] = [quote[row - 1], page[column - 1]]
    const here = cost(row, column)
    // Of two ways that cost the same, a word left out after the first of a quote rather than that one changed.
    if (b && (!a || here === cost(row, column - 1) + leftOut(b))) {
      steps.push({ page: b })
      column--
    } else if (
      a &&
      b &&
      here === cost(row - 1, column - 1) + change(a, b, within ? edgeCost(row, quote.length, b) : 0)
    ) {
      steps.push({ quote: a, page: b })
      row--
      column--
    } else {
      if (a) steps.push({ quote: a })
      row--
    }
  }
  return steps.toReversed()
}

export function isSame(a: Word, b: Word): boolean {
  return a.text === b.text
}

export function differsInCase(a: Word, b: Word): boolean {
  return a.text !== b.text && a.lower === b.lower
}

function change(a: Word, b: Word, edge: number): number {
  if (isSame(a, b)) return 0
  return differsInCase(a, b) ? OTHER_CASE : CHANGE + edge
}

function leftOut(word: Word): number {
  return word.optional ? OPTIONAL : CHANGE
}

function edgeCost(row: number, rows: number, page: Word): number {
  if (row === 1 && /[.!?]\)?$/.test(page.written)) return OTHER_SENTENCE
  return row === rows && page.opens ? OTHER_SENTENCE : 0
}

function lastCheapest(costs: Int32Array): number {
  let best = 0
  for (const [at, value] of costs.entries()) if (value <= (costs[best] ?? 0)) best = at
  return best
}
