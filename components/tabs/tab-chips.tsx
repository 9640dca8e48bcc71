import { X } from 'lucide-react'
import type { NamedTab } from '../../protocol/intent.ts'
import { tabHost, tabName } from '../page-context/tab-name.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { TabIcon } from './tab-icon.tsx'

interface TabChipsProps {
  readonly tabs: readonly NamedTab[]
  /** Those that could not be read. */
  readonly unread: ReadonlySet<number>
  readonly onDrop: (tab: NamedTab) => void
}

/** The tabs that go with the next question beside the page, each to be taken off. */
export function TabChips({ tabs, unread, onDrop }: TabChipsProps) {
  if (tabs.length === 0) return null
  return (
    <ul
      aria-label="Tabs that go with the question"
      className="border-rule flex max-h-28 flex-wrap gap-1 overflow-y-auto border-b px-2 py-1.5 text-xs"
    >
      {tabs.map((tab) => (
        <li
          key={tab.tabId}
          data-tab-chip={unread.has(tab.tabId) ? 'unread' : 'named'}
          title={`${tabName(tab)} · ${tabHost(tab.url)}`}
          className="border-rule bg-paper data-[tab-chip=unread]:border-rubric flex max-w-full min-w-0 items-center gap-1.5 rounded-md border pl-1"
        >
          <TabIcon {...tab} />
          <span className="max-w-36 truncate">{tabName(tab)}</span>
          {unread.has(tab.tabId) ? <span className="text-rubric shrink-0">not read</span> : null}
          <IconButton label={`Leave “${tabName(tab)}” out`} icon={X} onClick={() => onDrop(tab)} className="size-6" />
        </li>
      ))}
    </ul>
  )
}
