import { quotesIn } from '../../protocol/quote/quotes-in.ts'
import { internal } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import type { ActionCtx } from '../_generated/server.js'
import { Breath } from '../ai/extractive/breath.ts'
import { QuoteLocator } from '../model/locateQuotes.ts'
import type { CheckKey } from '../model/quoteCheck.ts'

/** UTF-16 units that are kept of one quote, and of the page's words for it. */
const KEPT = 2000
/** The same of all quotes together, so that what is written at once stays under 1 MB whatever the script. */
const KEPT_OF_ALL = 150_000

/** Looks for an ended answer's quotes in the pages it was asked about, and stores where they are. */
export async function checkQuotes(ctx: ActionCtx, key: CheckKey): Promise<void> {
  const input = await ctx.runQuery(internal.citations.input, key)
  if (!input) return
  const quotes = quotesIn(input.answer)
  const locator = new QuoteLocator(quotes)
  const snapshots: Id<'snapshots'>[] = []
  const breath = new Breath()
  if (quotes.length > 0) {
    for (const { snapshotId, numbers } of input.pages) {
      const page = await ctx.runQuery(internal.citations.page, { snapshotId })
      if (!page) continue
      snapshots.push(snapshotId)
      await locator.read({ ...page, numbers }, async () => await breath.take())
    }
  }
  const kept = Math.min(KEPT, Math.floor(KEPT_OF_ALL / Math.max(1, quotes.length)))
  const found = quotes.flatMap(({ text, start: answerStart, end: answerEnd }, index) => {
    const place = locator.located[index]
    const snapshotId = place && snapshots[place.page]
    if (!snapshotId) return []
    const { page: _, words, ...rest } = place
    return [
      { snapshotId, quote: beginning(text, kept), answerStart, answerEnd, ...rest, words: beginning(words, kept) },
    ]
  })
  await ctx.runMutation(internal.citations.store, { ...key, found })
}

function beginning(text: string, length: number): string {
  return text.slice(0, length).toWellFormed()
}
