import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import {
  ask,
  type Backend,
  capture,
  createBackend,
  killJob,
  pageText,
  person,
  readAnswer,
  rows,
  scheduled,
  staging,
} from './backend.fixture.ts'

const code = (name: string) => expect.objectContaining({ data: expect.objectContaining({ code: name }) })
const long = 'A sentence of a long page about the tower. '.repeat(4_000)

describe('begin', () => {
  it('says which parts are missing, and only those', async () => {
    const ada = person(await createBackend())
    const { parts, begin } = await staging({ text: long })
    const { snapshotId, missing } = await ada.mutation(api.snapshots.begin, begin)
    expect(missing).toEqual([0, 1, 2])
    await ada.mutation(api.snapshots.put, { snapshotId, order: 1, text: parts[1] ?? '' })
    expect(await ada.mutation(api.snapshots.begin, begin)).toEqual({ snapshotId, missing: [0, 2] })
  })

  it('finds the same content of the same page again', async () => {
    const ada = person(await createBackend())
    const snapshotId = await capture(ada)
    const { begin } = await staging({ url: 'https://example.com/tower?utm_source=mail#top' })
    expect(await ada.mutation(api.snapshots.begin, begin)).toEqual({ snapshotId, missing: [] })
    const other = await staging({ url: 'https://example.com/other' })
    expect((await ada.mutation(api.snapshots.begin, other.begin)).snapshotId).not.toBe(snapshotId)
  })

  it('never shares between people', async () => {
    const backend = await createBackend()
    const snapshotId = await capture(person(backend, 'ada'))
    const { begin } = await staging()
    const other = await person(backend, 'bob').mutation(api.snapshots.begin, begin)
    expect(other.snapshotId).not.toBe(snapshotId)
    expect(other.missing).toEqual([0])
  })

  it.each([
    ['a content hash that does not fit', { contentHash: '0'.repeat(64) }, 'page_corrupt'],
    ['no parts', { partHashes: [] }, 'page_empty'],
    ['too many parts', { partHashes: Array.from({ length: 100 }, () => '0'.repeat(64)) }, 'page_too_large'],
    ['no address', { url: 'nonsense' }, 'page_corrupt'],
  ])('refuses %s', async (_name, change, name) => {
    const ada = person(await createBackend())
    const { begin } = await staging()
    await expect(ada.mutation(api.snapshots.begin, { ...begin, ...change })).rejects.toEqual(code(name))
  })
})

describe('put', () => {
  it('is complete with the last part, in any order, and again', async () => {
    const ada = person(await createBackend())
    const { parts, begin } = await staging({ text: long })
    const { snapshotId } = await ada.mutation(api.snapshots.begin, begin)
    const put = async (order: number) =>
      (await ada.mutation(api.snapshots.put, { snapshotId, order, text: parts[order] ?? '' })).complete
    expect([await put(2), await put(0), await put(0), await put(1), await put(1)]).toEqual([
      false,
      false,
      false,
      true,
      true,
    ])
  })

  it.each([
    ['other text', 0, 'something else'],
    ['a part that was not announced', 7, pageText],
  ])('refuses %s', async (_name, order, text) => {
    const ada = person(await createBackend())
    const { begin } = await staging()
    const { snapshotId } = await ada.mutation(api.snapshots.begin, begin)
    await expect(ada.mutation(api.snapshots.put, { snapshotId, order, text })).rejects.toEqual(code('page_corrupt'))
  })
})

describe('a question sent before its page', () => {
  it('begins when the last part has come', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const { parts, begin } = await staging({ text: long })
    const { snapshotId } = await ada.mutation(api.snapshots.begin, begin)
    const sent = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    const job = async () => (await rows(backend, 'generations')).find(({ _id }) => _id === sent.generationId)?.jobId
    for (const [order, text] of parts.entries()) {
      expect(await job()).toBeUndefined()
      await ada.mutation(api.snapshots.put, { snapshotId, order, text })
    }
    expect(await job()).toBeDefined()
  })

  it('waits for all of its pages', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const first = await staging({ url: 'https://example.com/1' })
    const second = await staging({ url: 'https://example.com/2' })
    const one = await ada.mutation(api.snapshots.begin, first.begin)
    const two = await ada.mutation(api.snapshots.begin, second.begin)
    const sent = await ask(ada, {
      contexts: [
        { snapshotId: one.snapshotId, kind: 'page' },
        { snapshotId: two.snapshotId, kind: 'page' },
      ],
    })
    const job = async () => (await rows(backend, 'generations')).find(({ _id }) => _id === sent.generationId)?.jobId
    await ada.mutation(api.snapshots.put, { snapshotId: one.snapshotId, order: 0, text: pageText })
    expect(await job()).toBeUndefined()
    await ada.mutation(api.snapshots.put, { snapshotId: two.snapshotId, order: 0, text: pageText })
    expect(await job()).toBeDefined()
  })

  it('ends as page_not_received when nothing more comes', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const { begin } = await staging()
    const { snapshotId } = await ada.mutation(api.snapshots.begin, begin)
    const sent = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    const key = { generationId: sent.generationId, attempt: 1 }
    await backend.pass(59_000)
    await backend.mutation(internal.generations.watchdog, key)
    expect((await readAnswer(ada, sent)).status).toBe('pending')
    await backend.pass(2000)
    await backend.mutation(internal.generations.watchdog, key)
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'error', error: { code: 'page_not_received' } })
  })

  it('is left alone by recover', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const { begin } = await staging()
    const { snapshotId } = await ada.mutation(api.snapshots.begin, begin)
    const sent = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await killJob(backend, sent.generationId)
    await backend.mutation(internal.generations.recover, {})
    expect((await readAnswer(ada, sent)).status).toBe('pending')
  })
})

describe('a staged snapshot', () => {
  const counts = async (backend: Backend) => ({
    snapshots: (await rows(backend, 'snapshots')).length,
    parts: (await rows(backend, 'snapshotParts')).length,
    pages: (await rows(backend, 'pages')).length,
  })

  it('goes after an hour when no message came to use it', async () => {
    const backend = await createBackend()
    const snapshotId = await capture(person(backend))
    const [expiry] = await scheduled(backend, 'expire')
    expect((expiry?.scheduledTime ?? 0) - (await backend.now())).toBe(3_600_000)
    await backend.mutation(internal.snapshots.expire, { snapshotId })
    await backend.mutation(internal.snapshots.purge, { snapshotId })
    expect(await counts(backend)).toEqual({ snapshots: 0, parts: 0, pages: 0 })
  })

  it('stays when one did', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await backend.mutation(internal.snapshots.expire, { snapshotId })
    expect(await counts(backend)).toEqual({ snapshots: 1, parts: 1, pages: 1 })
  })
})
