import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, expect, test } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { PanelView } from './panel-view.ts'

const a = 'a' as Id<'conversations'>
const b = 'b' as Id<'conversations'>

beforeEach(() => fakeBrowser.reset())

test('a panel that reopens shows what its window showed', async () => {
  const [one, two] = [await PanelView.load(1), await PanelView.load(2)]
  one.open(a)
  two.open(b)
  expect((await PanelView.load(1)).get()).toEqual(one.get())
  expect((await PanelView.load(2)).get()).toEqual(two.get())
})

test('after a restart of the browser the last conversation is shown', async () => {
  const view = await PanelView.load(1)
  view.open(a)
  await fakeBrowser.storage.session.clear()
  expect((await PanelView.load(9)).get().conversationId).toBe(a)
})

test('a new conversation stays new when the panel reopens', async () => {
  const view = await PanelView.load(1)
  view.open(a)
  view.startNew()
  expect((await PanelView.load(1)).get().conversationId).toBeUndefined()
})

test('a stored question belongs to the view that asked it', async () => {
  const view = await PanelView.load(1)
  const { key } = view.startNew()
  view.sent(key, { conversationId: a, pageUrl: 'https://example.com/' })
  expect(view.get()).toEqual({ key, conversationId: a, pageUrl: 'https://example.com/' })
  view.sent(key, { conversationId: a, pageUrl: undefined })
  expect(view.get().pageUrl).toBe('https://example.com/')
  view.open(b)
  view.sent(key, { conversationId: a, pageUrl: undefined })
  expect(view.get().conversationId).toBe(b)
})

test('the address of a page is never kept beyond the session', async () => {
  const view = await PanelView.load(1)
  view.sent(view.get().key, { conversationId: a, pageUrl: 'https://example.com/private' })
  expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toContain('example.com')
})
