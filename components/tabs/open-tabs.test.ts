import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { matchTabs, openTabs } from './open-tabs.ts'

beforeEach(() => fakeBrowser.reset())

type Told = Partial<Pick<chrome.tabs.Tab, 'windowId' | 'id' | 'url' | 'title' | 'lastAccessed'>>

function browserTells(...tabs: Told[]): void {
  const query = async () => await Promise.resolve(tabs as chrome.tabs.Tab[])
  vi.spyOn(fakeBrowser, 'tabs', 'get').mockReturnValue({ ...fakeBrowser.tabs, query })
}

describe('openTabs', () => {
  test('this window’s tabs first, the one used last first; those the browser does not name are counted', async () => {
    browserTells(
      { id: 1, windowId: 7, url: 'https://a.test/', title: 'A', lastAccessed: 10 },
      { id: 2, windowId: 8, url: 'https://b.test/', title: 'B', lastAccessed: 90 },
      { id: 3, windowId: 7, url: 'https://c.test/', title: 'C', lastAccessed: 20 },
      { id: 4, windowId: 7 },
      { id: 5, windowId: 7, url: '' },
    )
    expect(await openTabs(7)).toEqual({
      told: [
        { tabId: 3, url: 'https://c.test/', title: 'C' },
        { tabId: 1, url: 'https://a.test/', title: 'A' },
        { tabId: 2, url: 'https://b.test/', title: 'B' },
      ],
      untold: 2,
    })
  })

  test.each([
    'chrome://settings/',
    'chrome-extension://abc/library.html',
    'about:blank',
    'view-source:https://a.test/',
  ])('what no extension may read is not offered: %s', async (url) => {
    browserTells({ id: 1, windowId: 7, url, title: 'A' })
    expect(await openTabs(7)).toEqual({ told: [], untold: 0 })
  })
})

test.each([
  ['', ['Tide tables', 'Café Zürich', 'Notes']],
  ['tide', ['Tide tables']],
  ['TABLES tide', ['Tide tables']],
  ['cafe zurich', ['Café Zürich']],
  ['harbour.test', ['Tide tables']],
  ['harbour.test notes', []],
])('matchTabs: %j', (query, titles) => {
  const tabs = [
    { tabId: 1, url: 'https://harbour.test/private', title: 'Tide tables' },
    { tabId: 2, url: 'https://coffee.test/', title: 'Café Zürich' },
    { tabId: 3, url: 'https://notes.test/', title: 'Notes' },
  ]
  expect(matchTabs(tabs, query).map(({ title }) => title)).toEqual(titles)
})
