// @vitest-environment happy-dom
// @vitest-environment-options { "url": "chrome-extension://gloss/sidepanel.html" }
import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, describe, expect, test } from 'vitest'
import { openCitation } from './open-citation.ts'
import type { OpenedCitation } from './open-citation.ts'

const url = 'https://example.com/tides?id=7'
const passage = { snapshotId: 's1', url, start: 4, end: 20, words: 'the tide comes in', prefix: '', suffix: '' }

interface Injection {
  readonly files?: readonly string[]
  readonly args?: readonly unknown[]
}

/** Every page: where it says it is, and what its highlighter answers or the browser refuses with. */
function pagesAnswer(address: string, answer: unknown): void {
  Object.assign(fakeBrowser.scripting, {
    executeScript: async ({ files, args }: Injection) => {
      if (answer instanceof Error) throw answer
      const result = args ? answer : files ? null : address
      return await Promise.resolve([{ documentId: 'doc', frameId: 0, result }])
    },
  })
}

function mayRead(allowed: boolean): void {
  Object.assign(fakeBrowser.permissions, { contains: async () => await Promise.resolve(allowed) })
}

async function addresses(): Promise<(string | undefined)[]> {
  return (await fakeBrowser.tabs.query({})).map((tab) => tab.url)
}

const library = (reason: string): string =>
  `chrome-extension://gloss/library.html#/snapshot/s1?start=4&end=20&reason=${reason}`
const fragment = `${url}#:~:text=the%20tide%20comes%20in`

beforeEach(() => {
  fakeBrowser.reset()
  mayRead(false)
})

describe('a quote that is pressed', () => {
  test.each<[name: string, answer: unknown, outcome: OpenedCitation, opened: string[]]>([
    ['is on the page', 'shown', 'shown', []],
    ['is not on the page any more', 'absent', 'kept', [library('changed')]],
    ['is in a document of the browser’s own', 'unreadable', 'kept', [library('unreadable')]],
    [
      'is on a page that may not be read',
      new Error('Cannot access contents of the page. Extension manifest must request permission to access the host.'),
      'forbidden',
      [],
    ],
    [
      'is on a page of the store',
      new Error('The extensions gallery cannot be scripted.'),
      'kept',
      [library('unreadable')],
    ],
    ['is in a tab that was closed just now', new Error('No tab with id: 1.'), 'opened', [fragment]],
    ['gets an answer that is none', 'yes', 'opened', [fragment]],
  ])('%s', async (_name, answer, outcome, opened) => {
    await fakeBrowser.tabs.create({ url })
    const before = await addresses()
    pagesAnswer(`${url}&utm_source=mail`, answer)
    expect(await openCitation(passage, 1)).toBe(outcome)
    expect((await addresses()).filter((address) => !before.includes(address))).toEqual(opened)
  })

  test('in a tab that shows another page by now is looked for on the page itself', async () => {
    await fakeBrowser.tabs.create({ url })
    pagesAnswer('https://example.com/other', 'shown')
    expect(await openCitation(passage, 1)).toBe('opened')
    expect(await addresses()).toContain(fragment)
  })

  test.each<[name: string, answer: unknown, outcome: OpenedCitation]>([
    ['is highlighted there', 'shown', 'shown'],
    ['is not there any more', 'absent', 'kept'],
  ])('of a page in no tab %s, where that is permitted', async (_name, answer, outcome) => {
    mayRead(true)
    Object.assign(fakeBrowser.tabs, { get: async (id: number) => await Promise.resolve({ id, status: 'complete' }) })
    pagesAnswer(fragment, answer)
    expect(await openCitation(passage, 1)).toBe(outcome)
    expect(await addresses()).toContain(fragment)
  })

  test('of a local file that is in no tab is shown as it was read', async () => {
    expect(await openCitation({ ...passage, url: 'file:///home/a.txt' }, 1)).toBe('kept')
    expect(await addresses()).toContain(library('unreadable'))
  })
})
