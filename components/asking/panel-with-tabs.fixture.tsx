import '@webext-core/fake-browser/auto'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { fakeBrowser } from '@webext-core/fake-browser'
import { locks } from 'node:worker_threads'
import { useRef } from 'react'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { DraftStore } from '../composer/draft.ts'
import { QuestionComposer } from '../composer/question-composer.tsx'
import { PanelView } from '../history/panel-view.ts'
import { TabWatch } from '../page-context/tab-watch.ts'
import { useStore } from '../ui/store.ts'
import { AskingDesk } from './asking-desk.ts'
import type { DeskBackend } from './asking-desk.ts'
import { PanelContext } from './panel-context.tsx'
import type { PanelValue } from './panel-context.tsx'
import { UnreadPages } from './unread-pages.tsx'
import { useAsking } from './use-asking.ts'

interface FakeTab {
  readonly id: number
  readonly title: string
  readonly url: string
}

export const beside: FakeTab = { id: 1, title: 'Beside', url: 'https://beside.test/' }
export const tides: FakeTab = { id: 2, title: 'Tide tables', url: 'https://tides.test/a?b=c' }
export const ferry: FakeTab = { id: 3, title: 'Ferry times', url: 'http://ferry.test:8080/' }

/** A browser with these tabs, and what it lets the extension do. The page beside the panel was granted by a press. */
class FakeChrome {
  readonly tabs = new Map([beside, tides, ferry].map((tab) => [tab.id, tab]))
  readonly permissions = new Set<string>()
  readonly read: number[] = []
  /** What the person answers when the browser asks. */
  answer: (asked: readonly string[]) => boolean = () => true
  readonly request = vi.fn<(asked: chrome.permissions.Permissions) => Promise<boolean>>(async (asked) => {
    const wanted = [...(asked.permissions ?? []), ...(asked.origins ?? [])]
    const granted = this.answer(wanted)
    if (granted) for (const one of wanted) this.permissions.add(one)
    await Promise.resolve()
    if (granted) for (const listener of this.#listeners) listener()
    return granted
  })
  readonly #listeners = new Set<() => void>()

  install(): void {
    const told = (tab: FakeTab) => {
      const named = this.permissions.has('tabs') || this.mayRead(tab.id)
      return { windowId: 0, discarded: false, frozen: false, active: tab === beside, ...(named ? tab : { id: tab.id }) }
    }
    Object.assign(fakeBrowser, {
      permissions: {
        request: this.request,
        contains: async ({ permissions = [], origins = [] }: chrome.permissions.Permissions) =>
          await Promise.resolve([...permissions, ...origins].every((one) => this.permissions.has(one))),
        onAdded: {
          addListener: (listener: () => void) => this.#listeners.add(listener),
          removeListener: (listener: () => void) => this.#listeners.delete(listener),
        },
        onRemoved: { addListener: () => undefined, removeListener: () => undefined },
      },
      scripting: {
        executeScript: async ({ target, files }: { target: { tabId: number }; files?: string[] }) => {
          const { tabId } = target
          if (!this.mayRead(tabId)) throw new Error('Cannot access contents of the page.')
          if (files) this.read.push(tabId)
          return await Promise.resolve([
            { documentId: 'd', result: files ? this.capture(tabId) : { address: this.url(tabId), pdf: null } },
          ])
        },
      },
    })
    const { onCreated, onUpdated, onRemoved, onActivated } = fakeBrowser.tabs
    const tabs = {
      query: async ({ active }: { active?: boolean }) =>
        await Promise.resolve([...this.tabs.values()].map(told).filter((tab) => active !== true || tab.active)),
      get: async (id: number) => {
        const tab = this.tabs.get(id)
        return await (tab ? Promise.resolve(told(tab)) : Promise.reject(new Error(`No tab with id: ${String(id)}.`)))
      },
    }
    const fake = { ...fakeBrowser.tabs, ...tabs, onCreated, onUpdated, onRemoved, onActivated }
    vi.spyOn(fakeBrowser, 'tabs', 'get').mockReturnValue(fake as typeof fakeBrowser.tabs)
  }

  mayRead(id: number): boolean {
    const { protocol, hostname } = new URL(this.url(id))
    return id === beside.id || this.permissions.has(`${protocol}//${hostname}/*`)
  }

  url(id: number): string {
    return this.tabs.get(id)?.url ?? ''
  }

  capture(id: number): unknown {
    const { url = '', title = '' } = this.tabs.get(id) ?? {}
    const words = { wordsMain: 1, wordsRest: 0, truncated: false }
    return {
      ok: true,
      page: { url, title, lang: '', text: title, zones: [], method: 'landmark', ...words },
      selection: null,
    }
  }
}

export let chromium = new FakeChrome()
let life = new AbortController()

beforeEach(() => {
  // happy-dom has none; these are the ones the browser's are specified after.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  fakeBrowser.reset()
  chromium = new FakeChrome()
  chromium.install()
  life = new AbortController()
})

afterEach(() => {
  cleanup()
  life.abort()
})

export async function openPanel() {
  const sent = { conversationId: 'c' as Id<'conversations'>, userMessageId: 'u' as Id<'messages'> }
  const stored = { ...sent, assistantMessageId: 'a' as Id<'messages'>, generationId: 'g' as Id<'generations'> }
  const send = vi.fn<DeskBackend['send']>(async () => await Promise.resolve(stored))
  const windowId = (await fakeBrowser.windows.getAll())[0]?.id ?? 0
  const [view, draft] = await Promise.all([PanelView.load(windowId), DraftStore.load(windowId)])
  const tab = new TabWatch(windowId, life.signal)
  const parts = { windowId, view, draft, tab, focusComposer: () => undefined }
  const desk = new AskingDesk(parts, {
    begin: async ({ title }) => await Promise.resolve({ snapshotId: title as Id<'snapshots'>, missing: [] }),
    put: async () => await Promise.resolve(null),
    lastPages: async () => await Promise.resolve([]),
    untilIdle: async () => await Promise.resolve(),
    stop: async () => await Promise.resolve(null),
    send,
  })
  await desk.start(life.signal)
  await tab.look()
  const value: PanelValue = { ...parts, desk }
  await act(async () => {
    render(
      <PanelContext value={value}>
        <Shown />
      </PanelContext>,
    )
    await Promise.resolve()
  })
  const contexts = (): unknown => send.mock.calls.map(([question]) => question.contexts.map((one) => one.snapshotId))
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Ask about this page' })
  return { box, draft, send, contexts }

  function Shown() {
    const asking = useAsking()
    const inputRef = useRef<HTMLTextAreaElement>(null)
    const { failed } = useStore(desk)
    return (
      <>
        {failed && failed.unread.length > 0 ? <UnreadPages failed={failed} asking={asking} /> : null}
        <QuestionComposer
          asking={asking}
          running={false}
          onStop={() => undefined}
          lastQuestion={undefined}
          inputRef={inputRef}
        >
          {null}
        </QuestionComposer>
      </>
    )
  }
}

export const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }))
export const options = (): (string | null)[] => screen.queryAllByRole('option').map(({ textContent }) => textContent)
export const chips = (): string[] =>
  screen.queryAllByRole('listitem').map((chip) => within(chip).getByRole('button').getAttribute('aria-label') ?? '')
export const field = (): HTMLElement => screen.getByRole('combobox', { name: 'Find an open tab' })

/** Names tabs by the button, with all of them listed. */
export async function name(...titles: string[]): Promise<void> {
  press('Name other tabs')
  for (const title of titles) fireEvent.click(await screen.findByRole('option', { name: new RegExp(title) }))
  fireEvent.keyDown(field(), { key: 'Escape' })
  // What may be read of them is found out meanwhile.
  await act(async () => await new Promise((done) => setTimeout(done, 20)))
}

export function write(box: HTMLTextAreaElement, value: string, data?: string): void {
  fireEvent.input(box, { target: { value }, data })
}
