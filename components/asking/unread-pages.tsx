import { errorSentence } from '../../protocol/errors.ts'
import type { Failure } from '../../protocol/errors.ts'
import { Alert } from '../ui/alert.tsx'
import type { FailedAsk } from './asking-desk.ts'
import type { Asking } from './use-asking.ts'

interface UnreadPagesProps {
  readonly failed: FailedAsk
  readonly asking: Pick<Asking, 'allow' | 'askWithout'>
}

const button = 'border-rule bg-sheet text-ink hover:bg-wash h-7 rounded-md border px-2.5 text-xs'

/** Which pages of a question could not be read and why, one sentence each, and what to do about it. */
export function UnreadPages({ failed, asking }: UnreadPagesProps) {
  const { unread } = failed
  return (
    <div className="space-y-2">
      {unread.map((page) => (
        <Alert key={page.tabId} failure={page.failure} about={unnamed(page.failure)}>
          {page.failure.code === 'tab_no_permission' ? (
            <button
              type="button"
              aria-label={`Allow “${page.failure.detail ?? ''}”`}
              onClick={() => asking.allow(page)}
              className={button}
            >
              Allow
            </button>
          ) : null}
        </Alert>
      ))}
      <button type="button" onClick={() => asking.askWithout(failed)} className={button}>
        {unread.length === 1 ? 'Ask without it' : `Ask without these ${String(unread.length)}`}
      </button>
    </div>
  )
}

/** Some sentences are the same beside the panel and in a tab that was named: there the name stands before them. */
function unnamed(failure: Failure): string | undefined {
  return failure.detail !== undefined && errorSentence(failure).includes(failure.detail) ? undefined : failure.detail
}
