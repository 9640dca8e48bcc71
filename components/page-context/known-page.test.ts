import { expect, test } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { knownPage } from './known-page.ts'
import type { PageReading } from './read-page.ts'

const url = 'https://example.com/a'
const tab = { tabId: 7, url, title: 'A' }
const reading: PageReading = {
  tabId: 7,
  documentId: 'd',
  page: {
    url,
    title: 'A',
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
const context = {
  snapshotId: 's' as Id<'snapshots'>,
  kind: 'page' as const,
  title: 'A, stored',
  host: 'example.com',
  words: 20,
  wordsMain: 20,
  wordsRest: 0,
  truncated: true,
}
const heads = [{ contexts: [context] }, { contexts: [] }]

test('what this panel read in the tab', () => {
  expect(knownPage({ tab, reading, pageUrl: undefined, heads: [] })).toEqual({
    url,
    title: 'A',
    words: 12,
    truncated: false,
  })
})

test('what was read in another tab says nothing', () => {
  expect(knownPage({ tab: { ...tab, tabId: 8 }, reading, pageUrl: undefined, heads })).toBeUndefined()
})

test('what the conversation was about, in a panel that reopened', () => {
  expect(knownPage({ tab, reading: undefined, pageUrl: url, heads })).toEqual({
    url,
    title: 'A, stored',
    words: 20,
    truncated: true,
  })
})

test('nothing when the address is not known any more', () => {
  expect(knownPage({ tab, reading: undefined, pageUrl: undefined, heads })).toBeUndefined()
})
