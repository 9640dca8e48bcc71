import { Play, RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import { CitationNotice } from '../citations/citation-notice.tsx'
import { withoutPassageMarks } from '../citations/passage-marks.ts'
import { QuotesProvider } from '../citations/quotes-context.ts'
import { useOpenCitation } from '../citations/use-open-citation.ts'
import { useQuotes } from '../citations/use-quotes.ts'
import { Alert } from '../ui/alert.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { useStore } from '../ui/store.ts'
import { useNow } from '../ui/use-now.ts'
import { CoverageNote } from './coverage-note.tsx'
import { MarginBracket } from './margin-bracket.tsx'
import { Markdown } from './markdown.tsx'
import { isTerminal } from './message-head.ts'
import type { MessageHead } from './message-head.ts'
import { statusLine } from './status-line.ts'
import { shownStatus, stopRequests } from './stop-requests.ts'
import { useReply } from './use-reply.ts'
import type { ReplyActions } from './use-reply-actions.ts'

interface ReplyProps {
  readonly head: MessageHead
  /** The last reply of the conversation, which can be asked for again. */
  readonly last: boolean
  /** What the model calls itself. */
  readonly model: string | undefined
  readonly actions: Pick<ReplyActions, 'retry' | 'retryWithRest' | 'continueReply'>
  /** The pages of its question. */
  readonly contexts: MessageHead['contexts']
  /** How many pages the questions of the conversation had at most. */
  readonly pages: number
  readonly windowId: number
}

/** An answer: live while it is written, then with what can be done with it. */
export function Reply({ head, last, model, actions, contexts, pages, windowId }: ReplyProps) {
  const { text, begun } = useReply(head)
  const running = !isTerminal(head)
  const status = shownStatus(head, useStore(stopRequests))
  const line = statusLine(status, { ...head, begun }, useNow(running))
  const { views, checking } = useQuotes(head._id, text, !running)
  const citations = useOpenCitation(windowId)
  const quotes = useMemo(
    () => ({ markdown: text, views, pages, open: citations.open }),
    [text, views, pages, citations.open],
  )
  const unfinished = status === 'stopped' || status === 'error'
  // Passes that are done are not run again, so an answer that has no word yet can go on too.
  const begunReading = (head.generation?.progressTotal ?? 0) > 1 && (head.generation?.progressDone ?? 0) > 0

  return (
    <article aria-label="Gloss" data-message-id={head._id} data-status={status} className="relative pt-2 pl-4">
      <h2 className="sr-only">Gloss</h2>
      <MarginBracket open={running} />
      <div data-reply="" aria-busy={checking && contexts.length > 0}>
        <QuotesProvider value={quotes}>
          <Markdown text={text} streaming={running} quotes={views} pages={pages} />
        </QuotesProvider>
      </div>
      <CitationNotice last={citations.last} onOpenKept={citations.openKept} />
      {line === '' ? null : <p className="text-faded animate-breathe py-1 text-sm tabular-nums">{line}</p>}
      {status === 'stopped' ? <p className="text-faded py-1 text-sm">Stopped.</p> : null}
      {head.error ? <Alert failure={head.error} /> : null}
      {running ? null : (
        <CoverageNote contexts={contexts} onInclude={last ? () => actions.retryWithRest(head) : undefined} />
      )}
      {running ? null : (
        <div className="-ml-2 flex min-h-8 flex-wrap items-center gap-x-1">
          {text === '' ? null : <CopyButton text={withoutPassageMarks(text, pages)} />}
          {last || unfinished ? (
            <ActionButton label="Retry" icon={RotateCcw} onClick={() => actions.retry(head)} />
          ) : null}
          {unfinished && (text !== '' || begunReading) ? (
            <ActionButton label="Continue" icon={Play} onClick={() => actions.continueReply(head)} />
          ) : null}
          {model === undefined ? null : <span className="text-faded ml-auto truncate text-xs">{model}</span>}
        </div>
      )}
    </article>
  )
}

interface ActionButtonProps {
  readonly label: string
  readonly icon: typeof Play
  readonly onClick: () => void
}

function ActionButton({ label, icon: Icon, onClick }: ActionButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="text-faded hover:text-ink hover:bg-wash inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-xs"
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      {label}
    </button>
  )
}
