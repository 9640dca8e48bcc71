import '@webext-core/fake-browser/auto'
import { fakeBrowser } from '@webext-core/fake-browser'
import { beforeEach, expect, test, vi } from 'vitest'
import { enqueueIntent } from './enqueue-intent.ts'
import { announcePanel, claimIntent, readQueue, rememberPrepared, settleIntent, watchIntents } from './intent-store.ts'
import type { Intent } from './intent.ts'

beforeEach(() => fakeBrowser.reset())

function intent(id: string, windowId: number, createdAt = 1): Intent {
  return { id, kind: 'summarise', windowId, tabId: 7, createdAt }
}

async function openPanel(panelId: string): Promise<{ panelId: string; windowId: number; close: () => Promise<void> }> {
  const { id: windowId = -1 } = (await fakeBrowser.windows.getAll())[0] ?? (await fakeBrowser.windows.create({})) ?? {}
  const life = new AbortController()
  await announcePanel(panelId, life.signal)
  const close = async (): Promise<void> => {
    life.abort()
    await vi.waitFor(async () => {
      const { held = [] } = await navigator.locks.query()
      expect(held.some(({ name }) => name?.endsWith(panelId))).toBe(false)
    })
  }
  return { panelId, windowId, close }
}

test('an intent waits, however long the panel takes to open, and is claimed once among panels', async () => {
  await enqueueIntent(intent('a', 999))
  const [one, two] = [await openPanel('one'), await openPanel('two')]
  const claims = await Promise.all([claimIntent(one), claimIntent(two), claimIntent(one)])
  expect(claims.flatMap((claim) => claim?.intent.id ?? [])).toEqual(['a'])
  await one.close()
  await two.close()
})

test('what a dead panel was handling is taken over, with what it had prepared', async () => {
  const first = await openPanel('first')
  await enqueueIntent(intent('a', first.windowId))
  const claim = await claimIntent(first)
  const prepared = { contexts: [{ snapshotId: 's', kind: 'page' as const }] }
  if (claim) await rememberPrepared(claim, prepared)
  await first.close()
  const second = await openPanel('second')
  expect(await claimIntent(second)).toMatchObject({ intent: { id: 'a' }, claimedBy: 'second', prepared })
  await second.close()
})

test('a question about several tabs is taken over whole: its tabs, and what each is sent as', async () => {
  const first = await openPanel('first')
  const tabs = [{ tabId: 8, url: 'https://b.test/', title: 'B' }, { tabId: 9 }]
  await enqueueIntent({ ...intent('a', first.windowId), kind: 'ask', text: 'Which?', tabs })
  const claim = await claimIntent(first)
  const selection = { quote: 'words', quotePrefix: 'before', quoteSuffix: 'after', quoteRanges: [{ start: 1, end: 6 }] }
  const contexts = [
    { snapshotId: 's', kind: 'selection' as const, ...selection },
    { snapshotId: 't', kind: 'tab' as const },
  ]
  if (claim) await rememberPrepared(claim, { contexts })
  await first.close()
  const second = await openPanel('second')
  expect(await claimIntent(second)).toMatchObject({ intent: { text: 'Which?', tabs }, prepared: { contexts } })
  await second.close()
})

test('a settled intent is gone, and the same one enqueued twice is one', async () => {
  const panel = await openPanel('panel')
  await enqueueIntent(intent('a', panel.windowId))
  await enqueueIntent(intent('a', panel.windowId))
  expect(await readQueue()).toHaveLength(1)
  await claimIntent(panel)
  await settleIntent('a')
  expect(await claimIntent(panel)).toBeUndefined()
  await panel.close()
})

test('an arriving intent calls back, anything else in storage does not', async () => {
  const life = new AbortController()
  const arrived = vi.fn<() => void>()
  watchIntents(arrived, life.signal)
  await fakeBrowser.storage.session.set({ 'draft:1': 'text' })
  expect(arrived).not.toHaveBeenCalled()
  await enqueueIntent(intent('a', 1))
  expect(arrived).toHaveBeenCalledTimes(1)
  life.abort()
  await enqueueIntent(intent('b', 1))
  expect(arrived).toHaveBeenCalledTimes(1)
})

test('what is not a queue entry is passed over', async () => {
  await fakeBrowser.storage.session.set({ 'intent:x': { intent: { id: 1 } } })
  expect(await readQueue()).toEqual([])
})
