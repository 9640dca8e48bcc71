import { useEffect } from 'react'
import type { RefObject } from 'react'
import { usedQuote } from '../asking/compose-intent.ts'
import { usePanel } from '../asking/panel-context.tsx'
import { UnreadPages } from '../asking/unread-pages.tsx'
import { useAsking } from '../asking/use-asking.ts'
import { QuestionComposer } from '../composer/question-composer.tsx'
import { LocalPdf } from '../documents/local/local-pdf.tsx'
import { offersLocalPdf } from '../documents/local/offers-local-pdf.ts'
import { useHeldQuestion } from '../documents/local/use-held-question.ts'
import { useLocalPdf } from '../documents/local/use-local-pdf.ts'
import { knownPage } from '../page-context/known-page.ts'
import { pageChipContent } from '../page-context/page-chip-content.ts'
import { PageChip } from '../page-context/page-chip.tsx'
import { Alert } from '../ui/alert.tsx'
import { useStore } from '../ui/store.ts'
import { Announcer } from './announcer.tsx'
import { EmptyState } from './empty-state.tsx'
import { isTerminal } from './message-head.ts'
import { Transcript } from './transcript.tsx'
import { useHeads } from './use-heads.ts'
import { useReplyActions } from './use-reply-actions.ts'

/** One conversation and the composer under it. */
export function ConversationPane({ inputRef }: { readonly inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const panel = usePanel()
  const { desk } = panel
  const [view, draft, tab, asking] = [useStore(panel.view), useStore(panel.draft), useStore(panel.tab), useStore(desk)]
  const state = useHeads(view.conversationId)
  const actions = useReplyActions()
  const localPdf = useLocalPdf()
  const press = useHeldQuestion(useAsking(), localPdf.state)

  const heads = state.name === 'ready' ? state.heads : []
  const stored = new Set(heads.flatMap(({ clientMessageId }) => clientMessageId ?? []))
  const pending = asking.pending.filter(({ id, viewKey }) => viewKey === view.key && !stored.has(id))
  const settled = asking.pending.filter(({ id }) => stored.has(id)).map(({ id }) => id)
  const failed = asking.failed?.viewKey === view.key ? asking.failed : undefined
  const running = heads.findLast((head) => head.role === 'assistant' && !isTerminal(head))
  const busy = running !== undefined || pending.length > 0
  const gone = state.name === 'failed' && state.failure.code === 'not_found'

  useEffect(() => inputRef.current?.focus(), [inputRef])

  useEffect(() => {
    for (const id of settled) desk.forget(id)
  })

  useEffect(() => {
    if (gone) panel.view.startNew()
  }, [gone, panel.view])

  const stop = (): void => {
    if (running) actions.stop(running)
    else for (const { id } of pending) desk.cancel(id)
  }

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && busy && !event.defaultPrevented && !event.isComposing) stop()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })

  const known = knownPage({ tab, reading: asking.reading, pageUrl: view.pageUrl, heads })
  const empty = state.name === 'ready' && heads.length === 0 && pending.length === 0 && !failed
  const alerts = [actions.failure, state.name === 'failed' && !gone ? state.failure : undefined].filter(
    (failure) => failure !== undefined,
  )
  return (
    <>
      {empty ? (
        <EmptyState />
      ) : (
        <Transcript key={view.key} heads={heads} pending={pending} actions={actions}>
          {failed || alerts.length > 0 ? (
            <div className="space-y-2 pt-4">
              {failed?.unread.length === 0 ? (
                <Alert failure={failed.failure} onDismiss={() => desk.dismissFailure()} />
              ) : null}
              {failed && failed.unread.length > 0 ? <UnreadPages failed={failed} asking={press} /> : null}
              {alerts.map((failure) => (
                <Alert key={failure.code} failure={failure} />
              ))}
            </div>
          ) : null}
        </Transcript>
      )}
      <Announcer viewKey={view.key} last={heads.at(-1)} pending={pending.length > 0} />
      <QuestionComposer
        asking={press}
        running={busy}
        onStop={stop}
        lastQuestion={heads.findLast(({ role }) => role === 'user')?.content}
        inputRef={inputRef}
      >
        <PageChip
          content={pageChipContent({ attached: draft.attached, tab, known })}
          quote={usedQuote(draft, tab)?.text}
          onDetach={() => panel.draft.change({ attached: false })}
          onAttach={() => panel.draft.change({ attached: true })}
          onDropQuote={() => panel.draft.change({ quote: undefined })}
        />
        <LocalPdf
          pdf={localPdf}
          offered={offersLocalPdf({ attached: draft.attached, tab, failure: failed?.failure })}
        />
      </QuestionComposer>
    </>
  )
}
