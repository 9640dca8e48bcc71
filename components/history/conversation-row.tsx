import type { FunctionReturnType } from 'convex/server'
import { Check, Pencil, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { api } from '../../convex/_generated/api.js'
import { IconButton } from '../ui/icon-button.tsx'
import { useNow } from '../ui/use-now.ts'
import { relativeDay } from './relative-day.ts'

export type ConversationHead = FunctionReturnType<typeof api.conversations.list>['page'][number]

interface ConversationRowProps {
  readonly conversation: ConversationHead
  readonly current: boolean
  readonly onOpen: () => void
  readonly onRename: (title: string) => void
  readonly onRemove: () => void
}

/** One conversation of the list: opened, renamed, or deleted after a second press. */
export function ConversationRow({ conversation, current, onOpen, onRename, onRemove }: ConversationRowProps) {
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown')
  const now = useNow(false)
  const { title, lastLine, lastMessageAt, answering } = conversation

  if (mode === 'renaming') {
    const save = (event: FormEvent<HTMLFormElement>): void => {
      event.preventDefault()
      const next = new FormData(event.currentTarget).get('title')
      if (typeof next === 'string' && next.trim() !== '') onRename(next.trim())
      setMode('shown')
    }
    return (
      <li className="px-2 py-1.5">
        <form onSubmit={save} className="flex items-center gap-1">
          <input
            name="title"
            aria-label="Title"
            defaultValue={title}
            maxLength={200}
            // The person asked to write here just now.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            className="border-rule bg-paper min-w-0 grow rounded-md border px-2 py-1 text-sm"
          />
          <IconButton type="submit" label="Save title" icon={Check} />
          <IconButton label="Keep the old title" icon={X} onClick={() => setMode('shown')} />
        </form>
      </li>
    )
  }

  return (
    <li className="group relative" data-conversation-id={conversation._id}>
      <button
        type="button"
        onClick={onOpen}
        aria-current={current ? 'true' : undefined}
        className="hover:bg-wash aria-[current]:bg-wash block w-full rounded-md py-2 pr-18 pl-3 text-left"
      >
        <span className="block truncate text-sm font-medium">{title}</span>
        <span className="text-faded block truncate text-xs">
          {answering ? <span className="text-rubric">Answering… </span> : `${relativeDay(lastMessageAt, now)} · `}
          {lastLine}
        </span>
      </button>
      <span className="absolute top-1/2 right-1 flex -translate-y-1/2">
        {mode === 'removing' ? (
          <>
            <IconButton label={`Delete “${title}” for good`} icon={Check} onClick={onRemove} className="text-rubric" />
            <IconButton label="Keep it" icon={X} onClick={() => setMode('shown')} />
          </>
        ) : (
          <>
            <IconButton label={`Rename “${title}”`} icon={Pencil} onClick={() => setMode('renaming')} />
            <IconButton label={`Delete “${title}”`} icon={Trash2} onClick={() => setMode('removing')} />
          </>
        )}
      </span>
    </li>
  )
}
