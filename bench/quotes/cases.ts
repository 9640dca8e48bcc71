import { editPage, type EditedPage } from './edit-page.ts'
import { invent, type Invention, namesIn } from './invent.ts'
import { nearestPage } from './nearest-page.ts'
import { type PageText, plainWords, type Sentence } from './page-text.ts'
import type { Random } from '../random.ts'
import { requote } from './requote.ts'
import { ordinaryWords, reword } from './reword.ts'

export interface QuoteCase {
  readonly page: PageText
  readonly sentence: Sentence
  readonly exact: string
  readonly normalised: string
  readonly edited: string
}

export interface InventedCase {
  readonly page: PageText
  readonly kind: Invention | 'other page'
  readonly quote: string
}

export interface Cases {
  readonly quotes: readonly QuoteCase[]
  readonly invented: readonly InventedCase[]
  readonly editedPages: ReadonlyMap<PageText, EditedPage>
}

/** Sentences that are quoted, and inventions, half of each kind. */
export const COUNT = 1000

export function makeCases(pages: readonly PageText[], random: Random): Cases {
  const quotes = makeQuotes(pages, random)
  const editedPages = new Map<PageText, EditedPage>()
  for (const page of new Set(quotes.map((quote) => quote.page))) {
    const quoted = quotes.filter((quote) => quote.page === page).map(({ sentence }) => sentence)
    const other = random.pick(pages.filter((each) => each !== page)) ?? page
    editedPages.set(page, editPage(page, quoted, other, random))
  }
  return { quotes, editedPages, invented: [...changed(pages, random), ...fromOtherPages(pages, random)] }
}

function makeQuotes(pages: readonly PageText[], random: Random): QuoteCase[] {
  const others = ordinaryWords(pages.map(({ text }) => text.slice(0, 5000)).join('\n'))
  const quotes: QuoteCase[] = []
  for (const { page, sentence } of inTurn(pages, random)) {
    const edited = reword(sentence.text, others, random)
    if (edited === null) continue
    quotes.push({ page, sentence, exact: sentence.text, normalised: requote(sentence.text, random), edited })
    if (quotes.length === COUNT) break
  }
  return quotes
}

/** Real sentences with one number, name or negation changed, as many of each as there are. */
function changed(pages: readonly PageText[], random: Random): InventedCase[] {
  const names = pages.flatMap(({ text }) => namesIn(text))
  const ownNames = new Map(pages.map((page) => [page, namesIn(page.text)]))
  const kinds: Invention[] = ['number', 'name', 'negation']
  const found: InventedCase[] = []
  for (const { page, sentence } of inTurn(pages, random)) {
    const kind = kinds[found.length % kinds.length] ?? 'number'
    // A name that the page itself knows is the harder one to tell from the right one.
    const others = (ownNames.get(page) ?? []).filter((name) => !sentence.text.includes(name))
    const quote = invent(kind, sentence.text, others.length > 0 ? others : names, random)
    if (quote === null || isOn(page, quote)) continue
    found.push({ page, kind, quote })
    if (found.length === COUNT / 2) break
  }
  return found
}

/** Sentences of the page that is nearest in its words. */
function fromOtherPages(pages: readonly PageText[], random: Random): InventedCase[] {
  const nearest = nearestPage(pages)
  const homes = new Map<PageText, PageText[]>()
  for (const page of pages) {
    const other = nearest.get(page)
    if (other) homes.set(other, [...(homes.get(other) ?? []), page])
  }
  const found: InventedCase[] = []
  for (let round = 0; round < 2; round++) {
    for (const { page: other, sentence } of inTurn(pages, random)) {
      const page = random.pick(homes.get(other) ?? [])
      if (!page || isOn(page, sentence.text)) continue
      found.push({ page, kind: 'other page', quote: sentence.text })
      if (found.length === COUNT / 2) return found
    }
  }
  return found
}

/** One sentence of each page after the other, so that long pages do not make up the whole. */
function* inTurn(pages: readonly PageText[], random: Random): Generator<{ page: PageText; sentence: Sentence }> {
  const queues = random.shuffled(pages).map((page) => ({ page, left: random.shuffled(page.sentences) }))
  for (let found = true; found;) {
    found = false
    for (const { page, left } of queues) {
      const sentence = left.pop()
      if (!sentence) continue
      found = true
      yield { page, sentence }
    }
  }
}

/** Whether the page says the same after all. */
function isOn(page: PageText, quote: string): boolean {
  return page.words.includes(plainWords(quote))
}
