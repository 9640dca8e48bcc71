import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '../../protocol/errors.ts'
import { readNamedTab } from './read-named-tab.ts'

const url = 'https://example.com/a'
const page = {
  url,
  title: 'A',
  lang: 'en',
  text: 'Text.',
  zones: [],
  method: 'readability',
  wordsMain: 1,
  wordsRest: 0,
  truncated: false,
}
const live = new AbortController().signal

/** What a tab says first of the document it shows. */
const there = { address: url, pdf: null }

let tabId = 0
beforeEach(async () => {
  fakeBrowser.reset()
  tabId = (await fakeBrowser.tabs.create({ url })).id ?? 0
})

/** Other answers of the browser than the fake one's about its tabs. */
function browserSays(answers: object): void {
  const { tabs } = fakeBrowser
  vi.spyOn(fakeBrowser, 'tabs', 'get').mockReturnValue({ ...tabs, query: tabs.query.bind(tabs), ...answers })
}

/** The tab as the browser tells of it. */
function tabIs(state: object): void {
  const get = fakeBrowser.tabs.get.bind(fakeBrowser.tabs)
  browserSays({ get: async (id: number) => ({ ...(await get(id)), ...state }) })
}

function scripts(execute: (call: number) => Promise<unknown>) {
  let calls = 0
  const executeScript = vi.fn<() => Promise<unknown>>(async () => await execute(calls++))
  Object.assign(fakeBrowser.scripting, { executeScript })
  return executeScript
}

const answers =
  (...results: unknown[]) =>
  async (call: number) =>
    await Promise.resolve([{ documentId: 'doc', frameId: 0, result: results[call] }])
const refuses = (message: string) => async () => await Promise.reject(new Error(message))

const read = async () => await readNamedTab({ tabId, url, title: 'The tide' }, live)

describe('readNamedTab', () => {
  test('a tab as it was named', async () => {
    scripts(answers(there, { ok: true, page, selection: null }))
    expect(await read()).toMatchObject({ ok: true, reading: { tabId, page: { title: 'A' } } })
  })

  test('one put to sleep under another id', async () => {
    tabId = 4711
    browserSays({ query: async () => await Promise.resolve([{ url: `${url}#further` } as chrome.tabs.Tab]) })
    expect(await read()).toEqual({ ok: false, failure: { code: 'tab_asleep', detail: 'The tide' } })
  })

  test.each<[name: string, state: object, code: ErrorCode]>([
    ['was discarded', { discarded: true }, 'tab_asleep'],
    ['was not loaded since the browser started', { status: 'unloaded' }, 'tab_asleep'],
    ['is frozen', { frozen: true }, 'tab_asleep'],
    ['shows another page', { url: 'https://example.com/b' }, 'tab_moved'],
  ])('a tab that %s is not touched', async (_name, state, code) => {
    tabIs(state)
    const executeScript = scripts(answers(there))
    expect(await read()).toEqual({ ok: false, failure: { code, detail: 'The tide' } })
    expect(executeScript).not.toHaveBeenCalled()
  })

  test('a tab that was closed', async () => {
    tabId = 4711
    const executeScript = scripts(answers(there))
    expect(await read()).toEqual({ ok: false, failure: { code: 'tab_closed', detail: 'The tide' } })
    expect(executeScript).not.toHaveBeenCalled()
  })

  test.each<[name: string, execute: (call: number) => Promise<unknown>, code: ErrorCode]>([
    [
      'moved on, though the browser does not tell its address',
      answers({ ...there, address: 'https://example.com/b' }),
      'tab_moved',
    ],
    ['was not granted', refuses('Cannot access contents of the page.'), 'tab_no_permission'],
    ['no extension may read', refuses('Cannot access a chrome:// URL'), 'tab_restricted'],
    ['has no text', answers(there, { ok: false, code: 'page_empty' }), 'tab_empty'],
    ['is a PDF from the disk', answers({ ...there, pdf: 'file:///a.pdf' }), 'pdf_local'],
    ['answers something else', answers(there, 'what?'), 'tab_silent'],
  ])('a tab that %s', async (_name, execute, code) => {
    tabIs({ url: undefined })
    scripts(execute)
    expect(await read()).toEqual({ ok: false, failure: { code, detail: 'The tide' } })
  })

  test('a tab that is closed while it is read', async () => {
    const tab = await fakeBrowser.tabs.get(tabId)
    const get = vi.fn<() => Promise<typeof tab>>(async () => await Promise.reject(new Error('No tab with id: 1.')))
    browserSays({ get: get.mockResolvedValueOnce(tab) })
    scripts(refuses('The tab was closed.'))
    expect(await read()).toEqual({ ok: false, failure: { code: 'tab_closed', detail: 'The tide' } })
  })
})
