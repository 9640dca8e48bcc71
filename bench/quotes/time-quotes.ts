import { quantile } from '../streaming/lag.ts'
import type { Cases } from './cases.ts'
import type { Matcher } from './measure.ts'
import type { PageText } from './page-text.ts'

const LENGTH = 100_000

export interface Times {
  readonly quotes: number
  readonly p50: number
  readonly p95: number
  readonly worst: number
  /** Making the text ready, which is done once for all quotes of an answer. */
  readonly prepareP50: number
  readonly prepareP95: number
  /** A quote that has the text made ready for itself alone. */
  readonly aloneP95: number
}

/**
 * Milliseconds a quote takes in a text of 100 KB, made of whole pages: every form of the quotes of those pages, and
 * as many inventions that are not there.
 */
export function timeQuotes({ quotes, invented }: Cases, pages: readonly PageText[], matcher: Matcher): Times {
  const text = longText(pages)
  const here = quotes.filter(({ page }) => text.includes(page.text))
  const forms = here.flatMap(({ exact, normalised, edited }) => [exact, normalised, edited])
  const searched = [...forms, ...invented.slice(0, Math.max(200, here.length)).map(({ quote }) => quote)]
  // What is compiled on first use is not part of it.
  const find = matcher(text)
  for (const quote of searched) find(quote)
  const times = searched.map((quote) => milliseconds(() => find(quote)))
  const prepare = Array.from({ length: 60 }, () => milliseconds(() => matcher(text)))
  const alone = searched.map((quote) => milliseconds(() => matcher(text)(quote)))
  return {
    quotes: searched.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    worst: Math.max(...times),
    prepareP50: quantile(prepare, 0.5),
    prepareP95: quantile(prepare, 0.95),
    aloneP95: quantile(alone, 0.95),
  }
}

function longText(pages: readonly PageText[]): string {
  let text = ''
  for (const page of pages) {
    if (text.length >= LENGTH) break
    text += `${text === '' ? '' : '\n\n'}${page.text}`
  }
  while (text.length < LENGTH && text !== '') text += `\n\n${text}`
  return text.slice(0, LENGTH)
}

function milliseconds(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
