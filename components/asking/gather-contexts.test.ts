import { describe, expect, test } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { Failure } from '../../protocol/errors.ts'
import type { Intent, NamedTab } from '../../protocol/intent.ts'
import { MAX_CONTEXTS } from '../../protocol/max-contexts.ts'
import type { PageReading } from '../page-context/read-page.ts'
import { gatherAgain, gatherContexts } from './gather-contexts.ts'
import type { Ask, AskSteps } from './perform-ask.ts'

type Selection = PageReading['selection']

function reading(tabId: number, text: string, selection: Selection = null): PageReading {
  const zones = [{ zone: 'main' as const, start: 0, end: text.length }]
  const words = { wordsMain: 2, wordsRest: 0 }
  const page = { url: `https://example.com/${text}`, title: text, lang: '', text, zones, ...words, truncated: false }
  return { tabId, documentId: 'd', page: { ...page, method: 'landmark' }, selection }
}

/** Tabs by their id: what is written in them, or why they cannot be read. */
type Tabs = Record<number, string | PageReading | Failure>

const before = [
  { snapshotId: 's:before' as Id<'snapshots'>, kind: 'selection' as const },
  { snapshotId: 's:b' as Id<'snapshots'>, kind: 'tab' as const },
  { snapshotId: 's:report' as Id<'snapshots'>, kind: 'pdf' as const },
]

function desk(tabs: Tabs) {
  const read: number[] = []
  const look = (tabId: number) => {
    read.push(tabId)
    const tab = tabs[tabId] ?? { code: 'page_gone' as const }
    if (typeof tab === 'string') return { ok: true as const, reading: reading(tabId, tab) }
    return 'code' in tab ? { ok: false as const, failure: tab } : { ok: true as const, reading: tab }
  }
  const never = async () => await Promise.reject(new Error('nothing is sent here'))
  const steps: AskSteps = {
    backend: {
      begin: async ({ title }) => await Promise.resolve({ snapshotId: `s:${title}` as Id<'snapshots'>, missing: [0] }),
      put: never,
      send: never,
      untilIdle: never,
      lastPages: async () => await Promise.resolve(before),
    },
    signal: new AbortController().signal,
    readPage: async (tabId) => {
      const answer = look(tabId)
      return await Promise.resolve(answer.ok ? answer : { ok: false, code: answer.failure.code })
    },
    readTab: async ({ tabId }) => await Promise.resolve(look(tabId)),
    remember: never,
    onRead: () => undefined,
    onSending: () => undefined,
    onWaiting: () => undefined,
    onSent: () => undefined,
  }
  return { steps, read }
}

const named = (...ids: number[]): NamedTab[] => ids.map((tabId) => ({ tabId }))

function ask(intent: Partial<Intent>, conversationId?: string): Ask {
  const full: Intent = { id: 'i', kind: 'ask', windowId: 1, createdAt: 1, ...intent }
  return { entry: { intent: full }, asked: { task: 'ask', text: 'q' }, conversationId, usedQuote: undefined }
}

const asleep: Failure = { code: 'tab_asleep', detail: 'B' }
const gone: Failure = { code: 'tab_closed', detail: 'C' }

describe('gatherContexts', () => {
  test.each<[name: string, tabs: Tabs, intent: Partial<Intent>, contexts: [snapshotId: string, kind: string][]]>([
    ['no page at all', {}, {}, []],
    [
      'tabs alone',
      { 2: 'b', 3: 'c' },
      { tabs: named(2, 3) },
      [
        ['s:b', 'tab'],
        ['s:c', 'tab'],
      ],
    ],
    [
      'the page beside the panel comes first, tabs in the order they were named',
      { 1: 'a', 2: 'b', 3: 'c' },
      { tabId: 1, tabs: named(3, 2) },
      [
        ['s:a', 'page'],
        ['s:c', 'tab'],
        ['s:b', 'tab'],
      ],
    ],
    [
      'two tabs of one page',
      { 1: 'a', 2: 'a', 3: 'b' },
      { tabId: 1, tabs: named(2, 3) },
      [
        ['s:a', 'page'],
        ['s:b', 'tab'],
      ],
    ],
    ['the same tab named twice', { 2: 'b' }, { tabs: named(2, 2) }, [['s:b', 'tab']]],
    ['the tab beside the panel named too', { 1: 'a' }, { tabId: 1, tabs: named(1) }, [['s:a', 'page']]],
  ])('%s', async (_name, tabs, intent, contexts) => {
    const gathered = await gatherContexts(ask(intent), desk(tabs).steps)
    expect(gathered.ok && gathered.prepared.contexts.map(({ snapshotId, kind }) => [snapshotId, kind])).toEqual(
      contexts,
    )
    expect(gathered.ok && gathered.uploads.map(({ snapshotId }) => snapshotId)).toEqual(contexts.map(([id]) => id))
  })

  test('a document from the disk comes first, staged as it is', async () => {
    const document = { snapshotId: 's:disk', title: 'Report' }
    const gathered = await gatherContexts(ask({ document, tabId: 1 }), desk({ 1: 'a' }).steps)
    expect(gathered.ok && gathered.prepared.contexts).toEqual([
      { snapshotId: 's:disk', kind: 'pdf' },
      { snapshotId: 's:a', kind: 'page' },
    ])
  })

  test.each(['pdf', 'transcript'] as const)('a page that was read as a %s is called so', async (method) => {
    const read = reading(1, 'a')
    const gathered = await gatherContexts(
      ask({ tabId: 1 }),
      desk({ 1: { ...read, page: { ...read.page, method } } }).steps,
    )
    expect(gathered.ok && gathered.prepared.contexts).toEqual([{ snapshotId: 's:a', kind: method }])
  })

  test.each<[name: string, intent: Partial<Intent>, code: Failure['code']]>([
    ['stays closed after a gesture, and tells no address', { byGesture: true }, 'page_unknown'],
    ['was not opened by a gesture yet', {}, 'page_no_permission'],
    ['told its address', { byGesture: true, url: 'https://example.com/' }, 'page_no_permission'],
  ])('a page that %s', async (_name, intent, code) => {
    const { steps } = desk({ 1: { code: 'page_no_permission' } })
    expect(await gatherContexts(ask({ kind: 'summarise', tabId: 1, ...intent }), steps)).toMatchObject({
      ok: false,
      failure: { code },
    })
  })

  test('reads the tabs that were named and no other', async () => {
    const { steps, read } = desk({ 1: 'a', 2: 'b', 3: 'c', 4: 'd' })
    await gatherContexts(ask({ tabId: 1, tabs: named(3) }), steps)
    expect(read).toEqual([1, 3])
  })

  test.each<[name: string, tabs: Tabs, intent: Partial<Intent>, unread: [tabId: number, failure: Failure][]]>([
    ['one tab', { 1: 'a', 2: asleep }, { tabId: 1, tabs: named(2) }, [[2, asleep]]],
    [
      'two tabs',
      { 1: 'a', 2: asleep, 3: gone },
      { tabId: 1, tabs: named(2, 3) },
      [
        [2, asleep],
        [3, gone],
      ],
    ],
    [
      'the page beside the panel',
      { 1: { code: 'page_restricted' }, 2: 'b' },
      { tabId: 1, tabs: named(2) },
      [[1, { code: 'page_restricted' }]],
    ],
  ])('%s that cannot be read: nothing is prepared, and each is named', async (_name, tabs, intent, unread) => {
    const { steps } = desk(tabs)
    expect(await gatherContexts(ask(intent), steps)).toEqual({
      ok: false,
      failure: unread[0]?.[1],
      unread: unread.map(([tabId, failure]) => ({ tabId, failure })),
    })
  })

  test('a follow-up beside a page that may not be read: all pages of the question before, and the tabs', async () => {
    const { steps } = desk({ 1: { code: 'page_no_permission' }, 2: 'b', 3: 'c' })
    const gathered = await gatherContexts(ask({ tabId: 1, tabs: named(2, 3) }, 'c'), steps)
    expect(gathered.ok && gathered.prepared.contexts).toEqual([
      { snapshotId: 's:before', kind: 'page' },
      { snapshotId: 's:b', kind: 'tab' },
      { snapshotId: 's:report', kind: 'pdf' },
      { snapshotId: 's:c', kind: 'tab' },
    ])
    expect(gathered.ok && gathered.uploads.map(({ snapshotId }) => snapshotId)).toEqual(['s:b', 's:c'])
  })

  test('pages of the question before leave room for the tabs that are named', async () => {
    const ids = Array.from({ length: MAX_CONTEXTS - 1 }, (_, at) => 2 + at)
    const tabs = Object.fromEntries(ids.map((id) => [id, `tab ${id}`]))
    const { steps } = desk({ 1: { code: 'page_no_permission' }, ...tabs })
    const gathered = await gatherContexts(ask({ tabId: 1, tabs: named(...ids) }, 'c'), steps)
    expect(gathered.ok && gathered.prepared.contexts.map(({ snapshotId }) => snapshotId)).toEqual([
      's:before',
      ...ids.map((id) => `s:tab ${id}`),
    ])
  })

  test('the selection is of the page beside the panel, with its place and what stands around it', async () => {
    const parts = [{ text: 'water', prefix: 'High ', suffix: ' at 4.10' }]
    const [a, b] = [reading(1, 'High water at 4.10', { text: 'water', parts }), reading(2, 'b', { text: 'b', parts })]
    const gathered = await gatherContexts(ask({ tabId: 1, tabs: named(2) }), desk({ 1: a, 2: b }).steps)
    expect(gathered.ok && gathered.prepared.contexts).toEqual([
      {
        snapshotId: 's:High water at 4.10',
        kind: 'selection',
        quote: 'water',
        quotePrefix: 'High ',
        quoteSuffix: ' at 4.10',
        quoteRanges: [{ start: 5, end: 10 }],
      },
      { snapshotId: 's:b', kind: 'tab' },
    ])
  })

  test.each([
    ['as the page still holds it', 'High\nwater', 'High '],
    ['of which the page holds another by now', 'other words', ''],
  ])('a selection that the menu told, %s', async (_name, selected, prefix) => {
    const selection = { text: selected, parts: [{ text: selected, prefix: 'High ', suffix: '' }] }
    const { steps } = desk({ 1: reading(1, 'High water', selection) })
    const gathered = await gatherContexts(ask({ tabId: 1, selectionText: 'High water' }), steps)
    expect(gathered.ok && gathered.prepared.contexts[0]).toMatchObject({ quotePrefix: prefix })
  })
})

describe('gatherAgain', () => {
  test('brings the parts of every page that is still as it was prepared, and changes nothing', async () => {
    const { steps } = desk({ 1: 'a', 2: 'changed', 3: 'c' })
    const contexts = ['s:a', 's:b', 's:c'].map((snapshotId) => ({ snapshotId, kind: 'tab' as const }))
    const gathered = await gatherAgain(ask({ tabId: 1, tabs: named(2, 3) }), { contexts }, steps)
    expect(gathered).toMatchObject({ ok: true, prepared: { contexts } })
    expect(gathered.ok && gathered.uploads.map(({ snapshotId }) => snapshotId)).toEqual(['s:a', 's:c'])
  })
})
