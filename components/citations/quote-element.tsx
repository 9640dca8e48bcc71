import type { ReactNode } from 'react'
import { differences } from '../../protocol/quote/differences.ts'
import type { Difference } from '../../protocol/quote/differences.ts'
import type { Citation } from './citation.ts'
import { pageWords } from './page-words.ts'
import { withoutPassageMarks } from './passage-marks.ts'
import { quotationFrame } from './quotation-frame.ts'
import { QuoteChip } from './quote-chip.tsx'
import { useReplyQuotes } from './quotes-context.ts'
import type { ReplyQuotes } from './quotes-context.ts'
import type { QuoteView } from './quote-views.ts'

/** A quotation in an answer, by what the check of it found. Without that it is text like any other. */
export function QuoteElement(props: Record<string, unknown>) {
  const quotes = useReplyQuotes()
  const children = props['children'] as ReactNode
  const view = quotes?.views[Number(props['data-view'])]
  if (!quotes || !view) return <>{children}</>
  if (view.name === 'missing') {
    return (
      <span data-quote="missing">
        {children}
        <span data-quote-note=""> not found on the page</span>
      </span>
    )
  }
  return (
    <span data-quote={view.name}>
      <Words quotes={quotes} view={view}>
        {children}
      </Words>
      {view.name === 'paraphrase' ? <span data-quote-note=""> paraphrase</span> : null}
      <QuoteChip quotes={quotes} view={view} />
    </span>
  )
}

interface WordsProps {
  readonly quotes: ReplyQuotes
  readonly view: Extract<QuoteView, { citation: Citation }>
  readonly children: ReactNode
}

/** The page's own words. Letter for letter, they are what the answer has; of a paraphrase, what differs is marked. */
function Words({ quotes, view, children }: WordsProps) {
  const { citation } = view
  if (citation.match === 'exact') return children
  const { open, close, tail } = quotationFrame(
    withoutPassageMarks(quotes.markdown.slice(view.start, view.end), quotes.pages),
  )
  const words = pageWords(citation.words)
  const cut = citation.words.length < citation.end - citation.start ? ' …' : ''
  return (
    <>
      {open}
      {citation.match === 'normalised' ? words : <Differing quote={citation.quote} words={words} />}
      {cut}
      {close}
      {tail}
    </>
  )
}

function Differing({ quote, words }: { readonly quote: string; readonly words: string }) {
  return placed(differences(quote, words)).map(({ kind, text, at }) => {
    const spaced = at === 0 ? text : ` ${text}`
    if (kind === 'same') return spaced
    return kind === 'page' ? <ins key={at}>{spaced}</ins> : <del key={at}>{spaced}</del>
  })
}

/** Differences with the place each begins at. */
function placed(pieces: readonly Difference[]): readonly (Difference & { readonly at: number })[] {
  let next = 0
  return pieces.map((piece) => {
    const at = next
    next += piece.text.length
    return { ...piece, at }
  })
}
