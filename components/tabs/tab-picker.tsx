import { AtSign, Check } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import { tabHost, tabName } from '../page-context/tab-name.ts'
import { matchTabs } from './open-tabs.ts'
import type { OpenTab } from './open-tabs.ts'
import { TabIcon } from './tab-icon.tsx'
import { TabPermission } from './tab-permission.tsx'
import { useOpenTabs } from './use-open-tabs.ts'

interface TabPickerProps {
  readonly windowId: number
  /** The tab whose page goes with the question anyway. */
  readonly besideId: number | undefined
  readonly named: ReadonlySet<number>
  /** How many more pages the question can be about. */
  readonly room: number
  readonly onChoose: (tab: OpenTab) => void
  /** Backspace where nothing is left to delete. */
  readonly onBackspace: () => void
  /** @param query what had been typed when it was left */
  readonly onLeave: (query: string, by: 'key' | 'elsewhere') => void
}

/** The list of open tabs: found by typing, walked through by arrows, chosen by Enter. */
export function TabPicker({ windowId, besideId, named, room, onChoose, onBackspace, onLeave }: TabPickerProps) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const { tabs, look } = useOpenTabs(windowId)

  const offered = (tabs?.told ?? []).filter(({ tabId }) => tabId !== besideId)
  const found = matchTabs(offered, query)
  const at = Math.min(active, found.length - 1)
  const current = found[at]

  useEffect(() => input.current?.focus(), [])

  // Not a passive effect: those end after the cursor has gone back to the question, which is no leaving.
  useLayoutEffect(() => {
    const left = ({ target }: Event): void => {
      const inside =
        target instanceof Element && (box.current?.contains(target) || target.closest('[data-tabs-button]'))
      if (!inside) onLeave(query, 'elsewhere')
    }
    document.addEventListener('focusin', left)
    document.addEventListener('pointerdown', left)
    return () => {
      document.removeEventListener('focusin', left)
      document.removeEventListener('pointerdown', left)
    }
  })

  useEffect(() => {
    if (current) document.getElementById(optionId(list, current))?.scrollIntoView({ block: 'nearest' })
  }, [list, current])

  const choose = (tab: OpenTab): void => {
    if (room === 0 && !named.has(tab.tabId)) return
    setQuery('')
    onChoose(tab)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const act = keyActs[event.key]
    if (!act || (event.key === 'Backspace' && (query !== '' || event.repeat))) return
    event.preventDefault()
    act()
  }
  const keyActs: Record<string, (() => void) | undefined> = {
    ArrowDown: () => setActive(found.length === 0 ? 0 : (at + 1) % found.length),
    ArrowUp: () => setActive(found.length === 0 ? 0 : (at - 1 + found.length) % found.length),
    Enter: () => current && choose(current),
    Escape: () => onLeave(query, 'key'),
    Backspace: onBackspace,
  }

  return (
    <div
      ref={box}
      role="dialog"
      aria-label="Name other tabs"
      className="border-rule bg-sheet flex max-h-[min(22rem,60dvh)] flex-col overflow-hidden rounded-lg border text-xs shadow-lg"
    >
      <div className="border-rule flex shrink-0 items-center gap-2 border-b px-3 py-2">
        <AtSign aria-hidden className="text-rubric size-3.5 shrink-0" />
        <input
          ref={input}
          role="combobox"
          aria-label="Find an open tab"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={current ? optionId(list, current) : undefined}
          placeholder="Find an open tab"
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="placeholder:text-faded min-w-0 grow bg-transparent text-sm outline-none"
        />
      </div>
      <div
        id={list}
        role="listbox"
        aria-label="Open tabs"
        aria-multiselectable
        className="min-h-0 overflow-y-auto overscroll-contain p-1 empty:hidden"
      >
        {found.map((tab) => (
          <TabOption
            key={tab.tabId}
            id={optionId(list, tab)}
            tab={tab}
            chosen={named.has(tab.tabId)}
            active={tab === current}
            disabled={room === 0 && !named.has(tab.tabId)}
            onChoose={() => choose(tab)}
          />
        ))}
      </div>
      <div className="text-faded shrink-0 space-y-2 px-3 py-2 empty:hidden">
        {room === 0 ? (
          <p role="status">One question takes {MAX_CONTEXTS} pages at most. Leave one out to name another.</p>
        ) : null}
        {tabs && found.length === 0 ? <p role="status">{nothing(query, offered.length)}</p> : null}
        {tabs && tabs.untold > 0 ? <TabPermission untold={tabs.untold} onGranted={look} /> : null}
      </div>
    </div>
  )
}

function nothing(query: string, offered: number): string {
  if (offered > 0) return `No open tab matches “${query.trim()}”.`
  return 'The browser names no other tab that could be read.'
}

function optionId(list: string, { tabId }: OpenTab): string {
  return `${list}-${String(tabId)}`
}

interface TabOptionProps {
  readonly id: string
  readonly tab: OpenTab
  readonly chosen: boolean
  readonly active: boolean
  readonly disabled: boolean
  readonly onChoose: () => void
}

function TabOption({ id, tab, chosen, active, disabled, onChoose }: TabOptionProps) {
  return (
    <button
      type="button"
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={disabled}
      data-active={active}
      tabIndex={-1}
      // The cursor stays in the field, so that typing goes on.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="hover:bg-wash data-[active=true]:bg-wash flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left aria-disabled:opacity-50"
    >
      <TabIcon {...tab} />
      <span className="min-w-0 grow leading-snug">
        <span className="text-ink block truncate font-medium">{tabName(tab)}</span>
        <span className="text-faded block truncate">{tabHost(tab.url) || 'a file on this computer'}</span>
      </span>
      {chosen ? <Check aria-hidden className="text-rubric size-3.5 shrink-0" /> : null}
    </button>
  )
}
