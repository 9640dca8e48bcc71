import type { Infer } from 'convex/values'
import { findQuote, type QuoteMatch } from '../../protocol/quote/find-quote.ts'
import { type PreparedText, prepareText } from '../../protocol/quote/prepare-text.ts'
import type { AnswerQuote } from '../../protocol/quote/quotes-in.ts'
import type { zoneRange } from '../validators.ts'
import { splitPassages } from './splitPassages.ts'

/** Where one quote was found so far. */
export interface Located extends QuoteMatch {
  /** The index of the page among those that were asked about. */
  readonly page: number
  readonly words: string
  readonly prefix: string
  readonly suffix: string
}

export interface QuotedPage {
  /** The numbers, from 1, under which the question had this page. */
  readonly numbers: readonly number[]
  readonly text: string
  readonly zones: readonly Infer<typeof zoneRange>[]
}

/** UTF-16 units around the words, by which they can be told from the same words elsewhere. */
const AROUND = 64

/**
 * Looks for the quotes of an answer in one page after the other. Verified beats paraphrased; the page that the answer
 * names beats the others; then the first one. `breath` lets others run between quotes.
 */
export class QuoteLocator {
  readonly located: (Located | null)[]
  readonly #quotes: readonly AnswerQuote[]
  #pages = 0

  constructor(quotes: readonly AnswerQuote[]) {
    this.#quotes = quotes
    this.located = quotes.map(() => null)
  }

  async read({ numbers, text, zones }: QuotedPage, breath: () => Promise<void>): Promise<void> {
    const page = this.#pages++
    const prepared = prepareText(text)
    const passages = this.#quotes.some(({ passage }) => passage) ? splitPassages(text, zones) : []
    for (const [index, quote] of this.#quotes.entries()) {
      await breath()
      const named = quote.passage && numbers.includes(quote.passage.page) ? quote.passage : undefined
      const best = this.located[index]
      if (best && best.match !== 'paraphrase' && !named) continue
      const found = findQuote(prepared, quote.text, named && passages[named.order])
      if (!found) continue
      const isBetter = !best || (found.match === 'paraphrase' ? named && best.match === 'paraphrase' : true)
      if (isBetter) this.located[index] = { ...found, page, ...around(prepared, found) }
    }
  }
}

function around({ source }: PreparedText, { start, end }: QuoteMatch) {
  return {
    words: source.slice(start, end),
    prefix: source.slice(Math.max(0, start - AROUND), start).toWellFormed(),
    suffix: source.slice(end, end + AROUND).toWellFormed(),
  }
}
