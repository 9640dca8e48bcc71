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
        <Alert key={page.tabId} failure={page.failure}>
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
