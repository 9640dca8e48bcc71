import { useMutation, usePaginatedQuery } from 'convex/react'
import { useState } from 'react'
import { api } from '../../convex/_generated/api.js'
import type { Failure } from '../../protocol/errors.ts'
import { failureOf } from '../asking/failure-of.ts'
import { usePanel } from '../asking/panel-context.tsx'
import { Alert } from '../ui/alert.tsx'
import { useStore } from '../ui/store.ts'
import { ConversationRow } from './conversation-row.tsx'

const PAGE_SIZE = 25

/** Every conversation, the latest first. */
export function ConversationList({ onChosen }: { readonly onChosen: () => void }) {
  const { view } = usePanel()
  const { conversationId: shown } = useStore(view)
  const { results, status, loadMore } = usePaginatedQuery(api.conversations.list, {}, { initialNumItems: PAGE_SIZE })
  const rename = useMutation(api.conversations.rename)
  const remove = useMutation(api.conversations.remove)
  const [failure, setFailure] = useState<Failure>()

  const act = async (action: Promise<unknown>): Promise<void> => {
    try {
      await action
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  if (status === 'LoadingFirstPage') return <p className="text-faded p-3 text-sm">Loading…</p>
  return (
    <>
      {failure ? <Alert failure={failure} onDismiss={() => setFailure(undefined)} /> : null}
      {results.length === 0 ? <p className="text-faded p-3 text-sm">Your conversations will be listed here.</p> : null}
      <ul className="space-y-0.5">
        {results.map((conversation) => (
          <ConversationRow
            key={conversation._id}
            conversation={conversation}
            current={conversation._id === shown}
            onOpen={() => {
              view.open(conversation._id)
              onChosen()
            }}
            onRename={(title) => void act(rename({ conversationId: conversation._id, title }))}
            onRemove={() => {
              if (conversation._id === shown) view.startNew()
              void act(remove({ conversationId: conversation._id }))
            }}
          />
        ))}
      </ul>
      {status === 'CanLoadMore' ? (
        <button
          type="button"
          onClick={() => loadMore(PAGE_SIZE)}
          className="text-faded hover:text-ink w-full py-2 text-xs"
        >
          Earlier conversations
        </button>
      ) : null}
    </>
  )
}
