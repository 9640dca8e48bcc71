import type { Citation } from './citation.ts'
import { pageWords } from './page-words.ts'
import type { ReplyQuotes } from './quotes-context.ts'
import type { QuoteView } from './quote-views.ts'

interface QuoteChipProps {
  readonly quotes: ReplyQuotes
  readonly view: Extract<QuoteView, { citation: Citation }>
}

/** The number of a quote that was found. Pressed, it shows the quote on its page; its tooltip has the page's words. */
export function QuoteChip({ quotes, view }: QuoteChipProps) {
  const { number, citation, name } = view
  const { title, host, words } = citation
  const several = quotes.pages > 1
  const page = several ? `, from ${title || host}` : ''
  const kind = name === 'paraphrase' ? ', a paraphrase' : ''
  return (
    <button
      type="button"
      data-quote-chip=""
      // Painted by the style sheet, so that a reply that is selected and copied holds no numbers.
      data-number={several ? `${number} · ${host}` : number}
      aria-label={`Quote ${number}${kind}${page}: show on the page`}
      title={`“${pageWords(words)}” – ${title || host}${title ? `, ${host}` : ''}`}
      onClick={() => quotes.open(citation)}
    />
  )
}
