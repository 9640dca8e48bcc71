import { useEffect, useState } from 'react'
import { nextAnnouncement } from './announcement.ts'
import type { Announcement } from './announcement.ts'
import { isTerminal } from './message-head.ts'
import type { MessageHead } from './message-head.ts'

interface AnnouncerProps {
  /** The view it speaks for: another conversation is not the end of an answer. */
  readonly viewKey: string
  readonly last: MessageHead | undefined
  /** A question is on its way, and its answer with it. */
  readonly pending: boolean
}

/** The one place that speaks to a screen reader about an answer. */
export function Announcer({ viewKey, last, pending }: AnnouncerProps) {
  const [spoken, setSpoken] = useState<{ viewKey: string; words: Announcement }>({ viewKey, words: '' })
  const reply = last?.role === 'assistant' ? last : undefined
  const running = pending || (reply !== undefined && !isTerminal(reply))
  const failed = reply?.status === 'error'
  const known = running || reply !== undefined

  useEffect(() => {
    setSpoken((before) => ({
      viewKey,
      words: nextAnnouncement(before.viewKey === viewKey ? before.words : '', known ? { running, failed } : undefined),
    }))
  }, [viewKey, known, running, failed])

  return (
    <div role="status" className="sr-only">
      {spoken.words}
    </div>
  )
}
