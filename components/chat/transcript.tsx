import { useQuery_experimental as useQueryResult } from 'convex/react'
import { ArrowDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStickToBottom } from 'use-stick-to-bottom'
import { api } from '../../convex/_generated/api.js'
import type { PendingAsk } from '../asking/asking-desk.ts'
import { usePanel } from '../asking/panel-context.tsx'
import type { MessageHead } from './message-head.ts'
import { PendingQuestion } from './pending-question.tsx'
import { Question } from './question.tsx'
import { Reply } from './reply.tsx'
import type { ReplyActions } from './use-reply-actions.ts'

interface TranscriptProps {
  readonly heads: readonly MessageHead[]
  readonly pending: readonly PendingAsk[]
  readonly actions: ReplyActions
  /** Alerts that follow the last message. */
  readonly children: ReactNode
}

/** The conversation. It stays at its end while the reader is there, and not otherwise. */
export function Transcript({ heads, pending, actions, children }: TranscriptProps) {
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom({
    initial: 'instant',
    resize: 'instant',
  })
  const models = useQueryResult({ query: api.models.list, args: {} })
  const labels = new Map(models.status === 'success' ? models.data.models.map(({ id, label }) => [id, label]) : [])
  const last = heads.at(-1)
  const contextsOf = new Map<string, MessageHead['contexts']>(heads.map(({ _id, contexts }) => [_id, contexts]))
  const pages = Math.max(0, ...heads.map(({ contexts }) => contexts.length))
  const { windowId } = usePanel()

  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scrollRef}
        role="log"
        aria-live="off"
        aria-label="Conversation"
        // A box that scrolls has to be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="relative h-full overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div ref={contentRef} className="px-4 pt-1 pb-4">
          {heads.map((head) =>
            head.role === 'user' ? (
              <Question key={head._id} id={head._id} text={head.content} contexts={head.contexts} />
            ) : (
              <Reply
                key={head._id}
                head={head}
                last={head === last && pending.length === 0}
                model={head.modelId === undefined ? undefined : labels.get(head.modelId)}
                actions={actions}
                contexts={contextsOf.get(head.parentId ?? '') ?? []}
                pages={pages}
                windowId={windowId}
              />
            ),
          )}
          {pending.map((ask) => (
            <PendingQuestion key={ask.id} ask={ask} />
          ))}
          {children}
        </div>
      </div>
      {isAtBottom ? null : (
        <button
          type="button"
          onClick={() => void scrollToBottom('instant')}
          className="border-rule bg-sheet text-ink absolute bottom-3 left-1/2 inline-flex -translate-x-1/2 items-center gap-1 rounded-full border px-3 py-1 text-xs shadow-sm"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          Jump to latest
        </button>
      )}
    </div>
  )
}
