import { SquarePen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { PanelProvider, usePanel } from './asking/panel-context.tsx'
import type { PanelParts } from './asking/asking-desk.ts'
import { ConversationPane } from './chat/conversation-pane.tsx'
import { DraftStore } from './composer/draft.ts'
import { ConnectionNotice } from './connection/connection-notice.tsx'
import { ConnectionProvider } from './connection/connection-provider.tsx'
import { ConversationsMenu } from './history/conversations-menu.tsx'
import { PanelView } from './history/panel-view.ts'
import { TabWatch } from './page-context/tab-watch.ts'
import { IconButton } from './ui/icon-button.tsx'
import { PanelHeader } from './ui/panel-header.tsx'

/** The whole side panel of one window. */
export function Panel({ windowId }: { readonly windowId: number }) {
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const [parts, setParts] = useState<PanelParts>()

  useEffect(() => {
    const life = new AbortController()
    const load = async (): Promise<void> => {
      const [view, draft] = await Promise.all([PanelView.load(windowId), DraftStore.load(windowId)])
      if (life.signal.aborted) return
      const focusComposer = (): void => inputRef.current?.focus()
      setParts({ windowId, view, draft, tab: new TabWatch(windowId, life.signal), focusComposer })
    }
    void load()
    return () => life.abort()
  }, [windowId])

  const waiting = (
    <>
      <PanelHeader />
      <ConnectionNotice />
    </>
  )
  return (
    <main className="bg-paper text-ink flex h-dvh min-w-0 flex-col">
      <ConnectionProvider waiting={waiting}>
        {parts ? (
          <PanelProvider parts={parts}>
            <PanelHeader>
              <NewConversation />
              <ConversationsMenu />
            </PanelHeader>
            <ConnectionNotice />
            <ConversationPane inputRef={inputRef} />
          </PanelProvider>
        ) : (
          waiting
        )}
      </ConnectionProvider>
    </main>
  )
}

function NewConversation() {
  const { view, draft, focusComposer } = usePanel()
  const begin = (): void => {
    view.startNew()
    draft.change({ tabs: [] })
    focusComposer()
  }
  return <IconButton label="New conversation" icon={SquarePen} onClick={begin} />
}
