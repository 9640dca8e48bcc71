import { FileText, TextQuote } from 'lucide-react'
import type { MessageContext } from './message-head.ts'

const count = new Intl.NumberFormat('en')

/** The page that a question was asked about, and the selection if it was about one. How much of it was read stands with
 * the answer. */
export function ContextNote({ context }: { readonly context: MessageContext }) {
  const { title, host, words, truncated, quote } = context
  const extent = `${count.format(words)} words${truncated ? ', cut' : ''}`
  return (
    <div className="text-faded mt-1 text-xs">
      {quote === undefined ? null : (
        <blockquote className="mb-1 flex gap-1.5">
          <TextQuote aria-label="Selection" className="mt-0.5 size-3 shrink-0" />
          <span className="font-serif line-clamp-3 break-words italic">{quote}</span>
        </blockquote>
      )}
      <p className="flex items-baseline gap-1.5">
        <FileText aria-hidden className="size-3 shrink-0 self-center" />
        <span className="truncate">{title || host}</span>
        <span className="shrink-0 whitespace-nowrap">{extent}</span>
      </p>
    </div>
  )
}
