import { expect, test } from 'vitest'
import { pageChipContent } from './page-chip-content.ts'
import type { KnownPage, PageChipContent, PageChipSource } from './page-chip-content.ts'

const tab = { tabId: 7, url: 'https://example.com/a', title: 'A' }
const known: KnownPage = { url: 'https://example.com/a', title: 'A, read', words: 12, truncated: false }
const read: PageChipContent = { name: 'read', title: 'A, read', host: 'example.com', words: 12, truncated: false }
const named: PageChipContent = { name: 'named', title: 'A', host: 'example.com' }

test.each<[name: string, source: PageChipSource, expected: PageChipContent]>([
  ['taken off', { attached: false, tab, known }, { name: 'detached' }],
  ['no tab', { attached: true, tab: undefined, known }, { name: 'unknown' }],
  [
    'a tab the browser does not tell about',
    { attached: true, tab: { ...tab, url: undefined }, known },
    { name: 'unknown' },
  ],
  ['a tab that was granted', { attached: true, tab, known: undefined }, named],
  ['the page that was read', { attached: true, tab, known }, read],
  ['another place on it', { attached: true, tab: { ...tab, url: `${tab.url}#b` }, known }, read],
  [
    'a page that moved on',
    { attached: true, tab: { ...tab, url: 'https://example.com/b', title: 'B' }, known },
    { ...named, title: 'B' },
  ],
  [
    'a page without a title',
    { attached: true, tab: { ...tab, title: '' }, known: undefined },
    { ...named, title: 'example.com' },
  ],
])('%s', (_name, source, expected) => {
  expect(pageChipContent(source)).toEqual(expected)
})
