import { useSyncExternalStore } from 'react'
import type { Id } from '../../convex/_generated/dataModel.js'
import { ConnectionNotice } from '../connection/connection-notice.tsx'
import { ConnectionProvider } from '../connection/connection-provider.tsx'
import { PanelHeader } from '../ui/panel-header.tsx'
import { libraryRoute } from './library-route.ts'
import { SentView } from './sent-view.tsx'
import { SnapshotView } from './snapshot-view.tsx'

/** The full-page view: what Gloss keeps of a page, and what of it was sent. */
export function Library() {
  return (
    <div className="bg-paper text-ink min-h-dvh min-w-0">
      <PanelHeader />
      <ConnectionProvider waiting={<ConnectionNotice />}>
        <ConnectionNotice />
        <main className="mx-auto max-w-[44rem] px-4 py-6">
          <View />
        </main>
      </ConnectionProvider>
    </div>
  )
}

function View() {
  const hash = useSyncExternalStore(onHashChange, () => location.hash)
  const route = libraryRoute(hash)
  if (!route) return <p className="text-faded text-sm">There is nothing at this address.</p>
  if (route.name === 'sent') return <SentView key={hash} messageId={route.id as Id<'messages'>} />
  const { id, mark, reason } = route
  return <SnapshotView key={hash} snapshotId={id as Id<'snapshots'>} mark={mark} reason={reason} />
}

function onHashChange(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}
