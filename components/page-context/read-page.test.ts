import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '../../protocol/errors.ts'
import { READ_MS, readPage } from './read-page.ts'

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

interface Injection {
  readonly target: { readonly tabId: number; readonly documentIds?: readonly string[] }
  readonly files?: readonly string[]
}

/** A tab whose document answers an injection with these results, in turn: first its address, then what was read. */
function tabWith(...answers: (() => Promise<unknown>)[]): Injection[] {
  const seen: Injection[] = []
  Object.assign(fakeBrowser.scripting, {
    executeScript: async (injection: Injection) => {
      seen.push(injection)
      return await answers[seen.length - 1]?.()
    },
  })
  return seen
}

const answered =
  (result: unknown, documentId = 'doc') =>
  async () =>
    await Promise.resolve([{ documentId, frameId: 0, result }])
const bound = (address: string, pdf: string | null = null) => answered({ address, pdf })
const refused = (message: string) => async () => await Promise.reject(new Error(message))
const silent = async () => await new Promise(() => undefined)

let tabId = 0
const live = new AbortController().signal

beforeEach(async () => {
  fakeBrowser.reset()
  const tab = await fakeBrowser.tabs.create({ url })
  tabId = tab.id ?? 0
})

describe('readPage', () => {
  test('reads the document that was there when it was asked', async () => {
    const seen = tabWith(bound(url), answered({ ok: true, page, selection: null }))
    expect(await readPage(tabId, url, live)).toEqual({
      ok: true,
      reading: { tabId, documentId: 'doc', page, selection: null },
    })
    expect(seen[1]?.target).toEqual({ tabId, documentIds: ['doc'] })
  })

  test.each<[name: string, asked: string | undefined, answers: (() => Promise<unknown>)[], code: ErrorCode]>([
    ['moved on before it was read', 'https://example.com/b', [bound(url)], 'page_gone'],
    [
      'navigated while it was read',
      url,
      [bound(url), refused('No document with id doc in tab with id 1')],
      'page_gone',
    ],
    ['closed while it was read', url, [bound(url), refused('The tab was closed.')], 'page_gone'],
    [
      'answered by another document',
      url,
      [bound(url), answered({ ok: true, page, selection: null }, 'other')],
      'page_gone',
    ],
    ['went without an answer', url, [bound(url), answered(null)], 'page_gone'],
    [
      'moved on within itself',
      undefined,
      [bound('https://example.com/b'), answered({ ok: true, page, selection: null })],
      'page_gone',
    ],
    ['has no text', url, [bound(url), answered({ ok: false, code: 'page_empty' })], 'page_empty'],
    ['answered something else', url, [bound(url), answered({ ok: true, page: { url } })], 'page_corrupt'],
    ['invented a failure', url, [bound(url), answered({ ok: false, code: 'gotcha' })], 'page_corrupt'],
    ['is the browser’s own', undefined, [refused('Cannot access a chrome:// URL')], 'page_browser'],
    ['described itself otherwise', url, [answered(url)], 'page_gone'],
    ['is a PDF from the disk', undefined, [bound('file:///tide.pdf', 'file:///tide.pdf')], 'pdf_local'],
    [
      'is a PDF that does not come again',
      url,
      [bound(url, url), answered({ failure: 'status 403' })],
      'pdf_unavailable',
    ],
    [
      'is a PDF of a size it does not have',
      url,
      [bound(url, url), answered({ size: 9, cut: false }), answered('AAAA')],
      'pdf_unavailable',
    ],
    ['is a PDF larger than asked for', url, [bound(url, url), answered({ size: 1e9, cut: false })], 'pdf_unavailable'],
    [
      'is a PDF whose tab moved on',
      url,
      [bound(url, url), refused('No document with id doc in tab with id 1')],
      'page_gone',
    ],
  ])('a page that %s', async (_name, asked, answers, code) => {
    tabWith(...answers)
    expect(await readPage(tabId, asked, live)).toEqual({ ok: false, code })
  })

  test.each([
    ['whose frame was just replaced', 'Frame with ID 0 was removed.'],
    ['whose process does not know yet that it was granted', 'Cannot access contents of the page.'],
  ])('a page that is just coming, %s, is tried again', async (_name, message) => {
    tabWith(refused(message), bound(url), answered({ ok: true, page, selection: null }))
    expect(await readPage(tabId, url, live)).toMatchObject({ ok: true })
  })

  test('a page that was not granted', async () => {
    const seen = tabWith(...Array.from({ length: 9 }, () => refused('Cannot access contents of the page.')))
    expect(await readPage(tabId, url, live)).toEqual({ ok: false, code: 'page_no_permission' })
    expect(seen).toHaveLength(4)
  })

  test('a page of the browser whose address is known is not tried', async () => {
    const tab = await fakeBrowser.tabs.create({ url: 'chrome://settings/' })
    const seen = tabWith()
    expect(await readPage(tab.id ?? 0, undefined, live)).toEqual({ ok: false, code: 'page_browser' })
    expect(seen).toEqual([])
  })

  test('a tab that was discarded', async () => {
    const get = fakeBrowser.tabs.get.bind(fakeBrowser.tabs)
    const discarded = async (id: number) => ({ ...(await get(id)), discarded: true })
    vi.spyOn(fakeBrowser, 'tabs', 'get').mockReturnValue({ ...fakeBrowser.tabs, get: discarded })
    expect(await readPage(tabId, url, live)).toEqual({ ok: false, code: 'page_gone' })
  })

  test('a page that never answers', async () => {
    vi.useFakeTimers()
    tabWith(bound(url), silent)
    const answer = readPage(tabId, url, live)
    await vi.advanceTimersByTimeAsync(READ_MS)
    expect(await answer).toEqual({ ok: false, code: 'page_timeout' })
    vi.useRealTimers()
  })

  test('a person who gives up is not kept waiting', async () => {
    tabWith(bound(url), silent)
    const life = new AbortController()
    const answer = readPage(tabId, url, life.signal)
    life.abort()
    expect((await answer).ok).toBe(false)
  })
})
