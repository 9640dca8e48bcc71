import { expect, test } from 'vitest'
import { pageChipContent } from './page-chip-content.ts'
import type { PageChipContent, PageChipSource } from './page-chip-content.ts'
import type { PageReading } from './read-page.ts'

const tab = { tabId: 7, url: 'https://example.com/a', title: 'A' }
const reading: PageReading = {
  tabId: 7,
  documentId: 'd',
  page: {
    url: 'https://example.com/a',
    title: 'A, read',
    lang: 'en',
    text: 'x',
    zones: [],
    method: 'readability',
    wordsMain: 10,
    wordsRest: 2,
    truncated: false,
  },
  selection: null,
}
const read: PageChipContent = { name: 'read', title: 'A, read', host: 'example.com', words: 12, truncated: false }
const named: PageChipContent = { name: 'named', title: 'A', host: 'example.com' }

test.each<[name: string, source: PageChipSource, expected: PageChipContent]>([
  ['taken off', { attached: false, tab, reading }, { name: 'detached' }],
  ['no tab', { attached: true, tab: undefined, reading }, { name: 'unknown' }],
  [
    'a tab the browser does not tell about',
    { attached: true, tab: { ...tab, url: undefined }, reading },
    { name: 'unknown' },
  ],
  ['a tab that was granted', { attached: true, tab, reading: undefined }, named],
  ['the page that was read', { attached: true, tab, reading }, read],
  ['another place on it', { attached: true, tab: { ...tab, url: `${tab.url}#b` }, reading }, read],
  ['the same page in another tab', { attached: true, tab: { ...tab, tabId: 8 }, reading }, named],
  [
    'a page that moved on',
    { attached: true, tab: { ...tab, url: 'https://example.com/b', title: 'B' }, reading },
    { ...named, title: 'B' },
  ],
  [
    'a page without a title',
    { attached: true, tab: { ...tab, title: '' }, reading: undefined },
    { ...named, title: 'example.com' },
  ],
])('%s', (_name, source, expected) => {
  expect(pageChipContent(source)).toEqual(expected)
})
