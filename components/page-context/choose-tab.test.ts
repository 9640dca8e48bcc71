import { expect, test } from 'vitest'
import { chooseTab } from './choose-tab.ts'
import type { KnownTab } from './choose-tab.ts'

const identity = 'https://example.com/watch?v=1'
const tab = (id: number, url: string | undefined, part: Partial<KnownTab> = {}): KnownTab => ({
  id,
  url,
  active: false,
  windowId: 1,
  ...part,
})

test.each<[name: string, tabs: KnownTab[], chosen: number | undefined]>([
  ['no tab', [], undefined],
  ['a tab whose address is not told', [tab(1, undefined, { active: true })], undefined],
  ['another page of the site', [tab(1, 'https://example.com/watch?v=2')], undefined],
  ['the page, with tracking and a place on it', [tab(1, `${identity}&utm_source=mail#top`)], 1],
  ['an address that is none', [tab(1, ''), tab(2, identity)], 2],
  [
    'the one in front of this window',
    [tab(1, identity), tab(2, identity, { active: true, windowId: 2 }), tab(3, identity, { active: true })],
    3,
  ],
  ['the one in front of another window', [tab(1, identity), tab(2, identity, { active: true, windowId: 2 })], 2],
  ['the one used last', [tab(1, identity, { lastAccessed: 5 }), tab(2, identity, { lastAccessed: 9 })], 2],
])('%s', (_name, tabs, chosen) => {
  expect(chooseTab(tabs, identity, 1)?.id).toBe(chosen)
})
