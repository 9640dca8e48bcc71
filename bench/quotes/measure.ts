import type { QuoteMatch } from '../../protocol/quote/find-quote.ts'
import type { Cases } from './cases.ts'
import type { PageText } from './page-text.ts'

/** Makes a text ready and finds quotes in it: the matcher, or one with a planted defect. */
export type Matcher = (text: string) => (quote: string) => QuoteMatch | null

export const forms = ['exact', 'normalised', 'edited'] as const
export type Form = (typeof forms)[number]

export interface Located {
  readonly form: Form
  readonly page: 'as it was' | 'edited'
  readonly cases: number
  /** Found where it stands; and found there and verified. */
  readonly right: number
  readonly verified: number
  readonly elsewhere: number
  readonly examples: readonly string[]
}

export interface Invented {
  readonly kind: string
  readonly cases: number
  readonly verified: number
  readonly paraphrased: number
  readonly examples: readonly string[]
}

export function locateQuotes(cases: Cases, matcher: Matcher): Located[] {
  const finders = remember(matcher)
  return forms.flatMap((form) =>
    (['as it was', 'edited'] as const).map((page) => {
      const counts = { right: 0, verified: 0, elsewhere: 0 }
      const examples: string[] = []
      for (const quote of cases.quotes) {
        const edited = cases.editedPages.get(quote.page)
        const text = page === 'edited' ? (edited?.text ?? '') : quote.page.text
        const place = page === 'edited' ? edited?.places.get(quote.sentence) : quote.sentence
        const found = finders(text)(quote[form])
        const isRight = found !== null && place !== undefined && overlap(found, place) > 0
        if (isRight) counts.right++
        else examples.push(`${found ? 'elsewhere' : 'not found'}: ${quote[form]}  ⟵  ${quote.exact}`)
        if (isRight && found.match !== 'paraphrase') counts.verified++
        if (found && !isRight) counts.elsewhere++
      }
      return { form, page, cases: cases.quotes.length, ...counts, examples }
    }),
  )
}

export function tryInventions({ invented }: Cases, matcher: Matcher): Invented[] {
  const finders = remember(matcher)
  const kinds = [...new Set(invented.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const its = invented.filter((each) => each.kind === kind)
    const found = its.map(({ page, quote }) => ({ quote, page, match: finders(page.text)(quote) }))
    return {
      kind,
      cases: its.length,
      verified: found.filter(({ match }) => match && match.match !== 'paraphrase').length,
      paraphrased: found.filter(({ match }) => match?.match === 'paraphrase').length,
      examples: found.flatMap(({ match, quote, page }) => (match ? [example(quote, page, match)] : [])),
    }
  })
}

function example(quote: string, page: PageText, { match, start, end }: QuoteMatch): string {
  return `${match}: ${quote}  ⟵  ${page.text.slice(start, end)}`
}

/** UTF-16 units that two ranges share. */
function overlap(a: { start: number; end: number }, b: { start: number; end: number }): number {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start)
}

function remember(matcher: Matcher): Matcher {
  const known = new Map<string, ReturnType<Matcher>>()
  return (text) => {
    let finder = known.get(text)
    if (!finder) {
      finder = matcher(text)
      known.set(text, finder)
    }
    return finder
  }
}
