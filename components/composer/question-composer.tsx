import { AtSign } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { pageCount } from '../asking/use-asking.ts'
import type { Asking } from '../asking/use-asking.ts'
import { usePanel } from '../asking/panel-context.tsx'
import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import { tabName } from '../page-context/tab-name.ts'
import type { OpenTab } from '../tabs/open-tabs.ts'
import { TabChips } from '../tabs/tab-chips.tsx'
import { TabPicker } from '../tabs/tab-picker.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useStore } from '../ui/store.ts'
import { Composer } from './composer.tsx'
import { insert, insertName } from './insert-name.ts'

interface QuestionComposerProps {
  readonly asking: Asking
  readonly running: boolean
  readonly onStop: () => void
  readonly lastQuestion: string | undefined
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /** The page beside the panel. */
  readonly children: ReactNode
}

/** The list of tabs is open: by `@` at a place in the question, or by its button. */
interface Picking {
  readonly by: '@' | 'button'
  readonly caret: number
}

/** The composer with the other tabs that a question can be about. */
export function QuestionComposer({ asking, running, onStop, lastQuestion, inputRef, children }: QuestionComposerProps) {
  const panel = usePanel()
  const [draft, tab, desk] = [useStore(panel.draft), useStore(panel.tab), useStore(panel.desk)]
  const [picking, setPicking] = useState<Picking>()
  const caret = useRef<number>(undefined)

  // Only once the text is there can the cursor be put into it.
  useLayoutEffect(() => {
    if (caret.current === undefined) return
    inputRef.current?.focus()
    inputRef.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  })

  const pages = pageCount(draft, tab?.tabId)
  const named = new Set(draft.tabs.map(({ tabId }) => tabId))
  const unread = new Set(desk.failed?.unread.map(({ tabId }) => tabId))
  const drop = (tabId: number | undefined): void => {
    if (tabId === undefined) return
    panel.draft.change({ tabs: draft.tabs.filter((one) => one.tabId !== tabId) })
    panel.desk.resolve(tabId)
  }

  const choose = (chosen: OpenTab): void => {
    if (!named.has(chosen.tabId)) panel.draft.change({ tabs: [...draft.tabs, chosen] })
    else if (picking?.by === 'button') drop(chosen.tabId)
    if (picking?.by !== '@') return
    const written = insertName({ text: draft.text, caret: picking.caret }, tabName(chosen))
    panel.draft.change({ text: written.text })
    setPicking(undefined)
    caret.current = written.caret
  }
  const leave = (query: string, by: 'key' | 'elsewhere'): void => {
    const typed = picking?.by === '@' ? `@${query}` : ''
    const written = insert({ text: draft.text, caret: picking?.caret ?? draft.text.length }, typed)
    panel.draft.change({ text: written.text })
    setPicking(undefined)
    if (by === 'key') caret.current = written.caret
  }
  const onBackspace = (): void => {
    if (picking?.by === 'button') drop(draft.tabs.at(-1)?.tabId)
    else {
      setPicking(undefined)
      caret.current = picking?.caret
    }
  }
  const press = (): void => {
    if (picking) leave('', 'key')
    else setPicking({ by: 'button', caret: inputRef.current?.selectionStart ?? draft.text.length })
  }

  return (
    <div className="relative">
      {picking ? (
        <div className="absolute inset-x-3 bottom-full z-10 mb-1">
          <TabPicker
            windowId={panel.windowId}
            besideId={draft.attached ? tab?.tabId : undefined}
            named={named}
            room={Math.max(0, MAX_CONTEXTS - pages)}
            onChoose={choose}
            onBackspace={onBackspace}
            onLeave={leave}
          />
        </div>
      ) : null}
      <Composer
        text={draft.text}
        onText={(text) => panel.draft.change({ text })}
        running={running}
        onSend={asking.send}
        onStop={onStop}
        onSummarise={asking.summarise}
        onCompare={pages > 1 && draft.tabs.length > 0 ? asking.compare : undefined}
        onAt={(at) => setPicking({ by: '@', caret: at })}
        onDropLast={() => drop(draft.tabs.at(-1)?.tabId)}
        lastQuestion={lastQuestion}
        inputRef={inputRef}
        tools={
          <IconButton
            data-tabs-button
            label="Name other tabs"
            icon={AtSign}
            aria-haspopup="dialog"
            aria-expanded={picking !== undefined}
            onClick={press}
          />
        }
      >
        {children}
        <TabChips tabs={draft.tabs} unread={unread} onDrop={({ tabId }) => drop(tabId)} />
      </Composer>
    </div>
  )
}
