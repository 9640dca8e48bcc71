import type { ReactNode } from 'react'
import { ContextNote } from './context-note.tsx'
import type { MessageHead } from './message-head.ts'
import { SentLink } from './sent-link.tsx'

interface QuestionProps {
  readonly id: string
  readonly text: string
  readonly contexts?: MessageHead['contexts']
  readonly status?: 'pending' | 'complete'
  readonly children?: ReactNode
}

/** What a person asked, stored or on its way. */
export function Question({ id, text, contexts, status = 'complete', children }: QuestionProps) {
  return (
    <article aria-label="You" data-message-id={id} data-status={status} className="pt-5 first:pt-1">
      <h2 className="sr-only">You</h2>
      <p className="line-clamp-[12] text-[0.9375rem] leading-snug font-semibold break-words whitespace-pre-wrap">
        {text}
      </p>
      {contexts?.map((context) => (
        <ContextNote key={`${context.kind}:${context.snapshotId}`} context={context} />
      ))}
      {contexts && contexts.length > 0 ? <SentLink messageId={id} /> : null}
      {children}
    </article>
  )
}
