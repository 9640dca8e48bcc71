import { useState } from 'react'
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

  const before = spoken.viewKey === viewKey ? spoken.words : ''
  const words = nextAnnouncement(before, known ? { running, failed } : undefined)
  if (words !== spoken.words || viewKey !== spoken.viewKey) setSpoken({ viewKey, words })

  return (
    <div role="status" className="sr-only">
      {words}
    </div>
  )
}
