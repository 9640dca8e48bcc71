import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { ConvexError } from 'convex/values'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { enqueueIntent } from '../../protocol/enqueue-intent.ts'
import type { Intent } from '../../protocol/intent.ts'
import { readQueue } from '../../protocol/intent-store.ts'
import { DraftStore } from '../composer/draft.ts'
import { PanelView } from '../history/panel-view.ts'
import { TabWatch } from '../page-context/tab-watch.ts'
import { AskingDesk } from './asking-desk.ts'
import type { DeskBackend, PanelParts } from './asking-desk.ts'

const sent = {
  conversationId: 'c' as Id<'conversations'>,
  userMessageId: 'u' as Id<'messages'>,
  assistantMessageId: 'a' as Id<'messages'>,
  generationId: 'g' as Id<'generations'>,
}

let windowId = 0
let life = new AbortController()

beforeEach(async () => {
  fakeBrowser.reset()
  windowId = (await fakeBrowser.windows.getAll())[0]?.id ?? 0
  life = new AbortController()
  return () => life.abort()
})

async function openDesk(backend: Partial<DeskBackend>) {
  const [view, draft] = await Promise.all([PanelView.load(windowId), DraftStore.load(windowId)])
  const focusComposer = vi.fn<() => void>()
  const parts: PanelParts = { windowId, view, draft, tab: new TabWatch(windowId, life.signal), focusComposer }
  const send = vi.fn<DeskBackend['send']>(async () => await Promise.resolve(sent))
  const stop = vi.fn<DeskBackend['stop']>(async () => await Promise.resolve(null))
  const desk = new AskingDesk(parts, {
    begin: async () => await Promise.reject(new Error('no page is read here')),
    put: async () => await Promise.reject(new Error('no page is read here')),
    lastPages: async () => await Promise.resolve([]),
    untilIdle: async () => await Promise.resolve(),
    send,
    stop,
    ...backend,
  })
  return { desk, view, draft, focusComposer, send, stop }
}

function question(id: string, text = 'why?'): Intent {
  return { id, kind: 'ask', windowId, text, createdAt: 1 }
}

test('a question that waited for the panel is sent once and then forgotten', async () => {
  await enqueueIntent(question('one'))
  const { desk, view, send } = await openDesk({})
  await desk.start(life.signal)
  await vi.waitFor(async () => expect(await readQueue()).toEqual([]))
  expect(send.mock.calls.map(([{ clientMessageId, text, contexts }]) => [clientMessageId, text, contexts])).toEqual([
    ['one', 'why?', []],
  ])
  expect(view.get().conversationId).toBe('c')
  expect(desk.get().pending.map(({ id, phase }) => [id, phase])).toEqual([['one', 'sent']])
  desk.forget('one')
  expect(desk.get().pending).toEqual([])
})

test('an icon press puts the cursor into the composer and asks nothing', async () => {
  const { desk, focusComposer, send } = await openDesk({})
  await desk.start(life.signal)
  await enqueueIntent({ id: 'o', kind: 'open', windowId, tabId: 7, createdAt: 1 })
  await vi.waitFor(() => expect(focusComposer).toHaveBeenCalledOnce())
  await vi.waitFor(async () => expect(await readQueue()).toEqual([]))
  expect(send).not.toHaveBeenCalled()
})

test('“Ask about selection” prepares the question and asks nothing', async () => {
  const { desk, draft, send } = await openDesk({})
  draft.change({ attached: false })
  await desk.start(life.signal)
  await enqueueIntent({ id: 's', kind: 'ask-selection', windowId, tabId: 7, selectionText: 'words', createdAt: 1 })
  await vi.waitFor(() =>
    expect(draft.get()).toEqual({ text: '', quote: { text: 'words', tabId: 7 }, attached: true, tabs: [] }),
  )
  expect(send).not.toHaveBeenCalled()
})

test('what was refused is said, and the question is given back', async () => {
  const { desk, draft } = await openDesk({
    send: async () => await Promise.reject(new ConvexError({ code: 'rate_limited', detail: '30' })),
  })
  await desk.start(life.signal)
  draft.change({ text: 'the next one' })
  await enqueueIntent(question('one', 'the first one'))
  await vi.waitFor(() => expect(desk.get().failed?.failure).toEqual({ code: 'rate_limited', detail: '30' }))
  expect(desk.get().pending).toEqual([])
  expect(draft.get().text).toBe('the first one\n\nthe next one')
  await vi.waitFor(async () => expect(await readQueue()).toEqual([]))
})

test('what is asked in the panel is under way at once', async () => {
  const { desk, send } = await openDesk({})
  await desk.start(life.signal)
  desk.submit(question('one'))
  expect(desk.get().pending.map(({ id }) => id)).toEqual(['one'])
  await vi.waitFor(() => expect(desk.get().pending.map(({ phase }) => phase)).toEqual(['sent']))
  expect(send).toHaveBeenCalledOnce()
})

test('an ask that fails leaves the conversation that was shown', async () => {
  const { desk, view } = await openDesk({})
  const shown = 'shown' as Id<'conversations'>
  view.open(shown)
  await desk.start(life.signal)
  await enqueueIntent({ id: 's', kind: 'summarise', windowId, tabId: 99, url: 'https://example.com/', createdAt: 1 })
  await vi.waitFor(() => expect(desk.get().failed).toBeDefined())
  expect(view.get().conversationId).toBe(shown)
  expect(desk.get().failed?.viewKey).toBe(view.get().key)
})

test('a question given up while it is sent is stopped once it has an answer', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof sent>()
  const { desk, stop } = await openDesk({ send: async () => await promise })
  await desk.start(life.signal)
  await enqueueIntent(question('one'))
  await vi.waitFor(() => expect(desk.get().pending[0]?.phase).toBe('sending'))
  desk.cancel('one')
  resolve(sent)
  await vi.waitFor(() => expect(stop).toHaveBeenCalledWith('a'))
})

test('a question given up right after it was sent is stopped, before its answer is shown', async () => {
  const { desk, stop } = await openDesk({})
  await desk.start(life.signal)
  await enqueueIntent(question('one'))
  await vi.waitFor(() => expect(desk.get().pending[0]?.phase).toBe('sent'))
  desk.cancel('one')
  expect(stop).toHaveBeenCalledWith('a')
})

test('a question given up before its turn is never sent, and given back', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof sent>()
  const send = vi.fn<DeskBackend['send']>(async () => await promise)
  const { desk, draft } = await openDesk({ send })
  await desk.start(life.signal)
  desk.submit(question('one'))
  desk.submit({ ...question('two', 'and why?'), createdAt: 2 })
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce())
  desk.cancel('two')
  expect(desk.get().pending.map(({ id }) => id)).toEqual(['one'])
  resolve(sent)
  await vi.waitFor(async () => expect(await readQueue()).toEqual([]))
  expect(send).toHaveBeenCalledOnce()
  expect(draft.get().text).toBe('and why?')
})

test('a question that finds an answer being written waits for its end', async () => {
  const busy = new ConvexError({ code: 'busy' })
  const idle = Promise.withResolvers<void>()
  const { desk, view, send } = await openDesk({ untilIdle: async () => await idle.promise })
  send.mockRejectedValueOnce(busy)
  view.open(sent.conversationId)
  await desk.start(life.signal)
  await enqueueIntent({ ...question('one'), conversationId: 'c' })
  await vi.waitFor(() => expect(desk.get().pending[0]?.phase).toBe('waiting'))
  idle.resolve()
  await vi.waitFor(() => expect(desk.get().pending[0]?.phase).toBe('sent'))
  expect(send.mock.calls.map(([{ clientMessageId }]) => clientMessageId)).toEqual(['one', 'one'])
})

test('what the browser refuses once keeps no later question from its turn', async () => {
  const { desk, send } = await openDesk({})
  await desk.start(life.signal)
  const get = vi.spyOn(fakeBrowser.storage.session, 'get').mockRejectedValueOnce(new Error('refused'))
  const refused = vi.fn<(event: unknown) => void>()
  process.once('unhandledRejection', refused)
  await enqueueIntent(question('one')).catch(refused)
  await vi.waitFor(() => expect(refused).toHaveBeenCalled())
  get.mockRestore()
  await enqueueIntent({ ...question('two'), createdAt: 2 })
  await vi.waitFor(() => expect(send).toHaveBeenCalled())
})

test('what a panel that died had not sent is taken over by the next one', async () => {
  const first = await openDesk({ send: async () => await new Promise(() => undefined) })
  const firstLife = new AbortController()
  await first.desk.start(firstLife.signal)
  void enqueueIntent(question('one'))
  await vi.waitFor(() => expect(first.desk.get().pending).toHaveLength(1))
  firstLife.abort()
  const second = await openDesk({})
  await vi.waitFor(async () => {
    await letLocksGo()
    await second.desk.start(life.signal)
    expect(second.send).toHaveBeenCalledOnce()
  })
  expect(second.view.get().conversationId).toBe('c')
})

/** Locks are let go in a later turn than the abort. */
async function letLocksGo(): Promise<void> {
  await new Promise((done) => setTimeout(done, 5))
}
