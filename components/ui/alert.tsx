import { CircleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorSentence } from '../../protocol/errors.ts'
import type { Failure } from '../../protocol/errors.ts'
import { IconButton } from './icon-button.tsx'

interface AlertProps {
  readonly failure: Failure
  readonly onDismiss?: () => void
  /** What it is about, where the sentence does not name it. */
  readonly about?: string | undefined
  /** What can be done about it. */
  readonly children?: ReactNode
}

/** One sentence that says what went wrong and what to do. */
export function Alert({ failure, about, onDismiss, children }: AlertProps) {
  return (
    <div role="alert" className="border-rubric bg-rubric-wash flex items-start gap-2 rounded-md border-l-2 px-3 py-2">
      <CircleAlert aria-hidden className="text-rubric mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <p className="text-ink min-w-0 grow text-sm break-words">
        {about === undefined ? null : `“${about}”: `}
        {errorSentence(failure)}
      </p>
      {children}
      {onDismiss ? <IconButton label="Dismiss" icon={X} onClick={onDismiss} className="-my-1 -mr-2" /> : null}
    </div>
  )
}
