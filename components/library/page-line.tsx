import { safeLink } from '../chat/safe-link.ts'
import type { SnapshotHead } from './use-kept-page.ts'

const count = new Intl.NumberFormat('en')
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/** Where a page is, when it was read and how much of it there is. */
export function PageLine({ head }: { readonly head: SnapshotHead }) {
  const { url, host, capturedAt, wordsMain, wordsRest, truncated } = head
  const link = safeLink(url)
  return (
    <p className="text-faded text-sm">
      {link ? (
        <a href={link.href} target="_blank" rel="noreferrer" className="text-rubric underline underline-offset-2">
          {link.host}
        </a>
      ) : (
        host
      )}
      {` · read on ${moment.format(capturedAt)} · ${count.format(wordsMain)} words`}
      {wordsRest > 0 ? `, and ${count.format(wordsRest)} beside the main text` : ''}
      {truncated ? ' · cut at its end' : ''}
    </p>
  )
}
