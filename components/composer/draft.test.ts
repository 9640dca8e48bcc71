import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, expect, test } from 'vitest'
import { DraftStore } from './draft.ts'

beforeEach(() => fakeBrowser.reset())

const tab = (tabId: number) => ({ tabId, url: `https://${String(tabId)}.test/`, title: String(tabId) })

test('what was begun is there when the panel opens again, with the tabs that were named', async () => {
  const draft = await DraftStore.load(1)
  draft.change({ text: 'Which?', tabs: [tab(2), tab(3)] })
  expect((await DraftStore.load(1)).get()).toEqual({
    text: 'Which?',
    quote: undefined,
    attached: true,
    tabs: [tab(2), tab(3)],
  })
  expect((await DraftStore.load(2)).get().tabs).toEqual([])
})

test('a draft of before there were tabs', async () => {
  await fakeBrowser.storage.session.set({ 'draft:1': { text: 'Which?', attached: false } })
  expect((await DraftStore.load(1)).get()).toMatchObject({ text: 'Which?', attached: false, tabs: [] })
})

test.each([
  ['into an empty composer', '', [], 'asked', [2, 3]],
  ['before what was begun since, each tab once', 'begun', [3, 4], 'asked\n\nbegun', [2, 3, 4]],
])('a question is given back %s', async (_name, text, begun, both, tabs) => {
  const draft = await DraftStore.load(1)
  draft.change({ text, tabs: begun.map(tab) })
  draft.giveBack('asked', undefined, [tab(2), tab(3)])
  expect(draft.get()).toMatchObject({ text: both, tabs: tabs.map(tab) })
})

test('a comparison has no words to give back: what was begun stays as it is', async () => {
  const draft = await DraftStore.load(1)
  draft.change({ text: 'begun' })
  draft.giveBack('', undefined, [tab(2)])
  expect(draft.get()).toMatchObject({ text: 'begun', tabs: [tab(2)] })
})
