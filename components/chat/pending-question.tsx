import type { PendingAsk } from '../asking/asking-desk.ts'
import { elapsed } from '../ui/elapsed.ts'
import { useNow } from '../ui/use-now.ts'
import { MarginBracket } from './margin-bracket.tsx'
import { Question } from './question.tsx'

/** A question that is not stored yet, and what is being done about it. */
export function PendingQuestion({ ask }: { readonly ask: PendingAsk }) {
  const now = useNow(true)
  const lines = {
    reading: `${ask.pages > 1 ? `Reading ${String(ask.pages)} pages…` : 'Reading the page…'} ${elapsed(now - ask.startedAt)}`,
    waiting: 'Waiting for the answer before it…',
    sending: 'Sending…',
    sent: 'Sending…',
  }
  return (
    <>
      <Question id={ask.id} text={ask.text} status="pending">
        {ask.quote === undefined ? null : (
          <blockquote className="text-faded font-serif mt-1 line-clamp-3 text-xs italic">{ask.quote}</blockquote>
        )}
      </Question>
      <div className="relative pt-2 pl-4">
        <MarginBracket open />
        <p className="text-faded animate-breathe py-1 text-sm tabular-nums">{lines[ask.phase]}</p>
      </div>
    </>
  )
}
