import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import { ask, begin, capture, createBackend, person, rows } from './backend.fixture.ts'

const firstPage = { paginationOpts: { numItems: 10, cursor: null } }

describe('list', () => {
  it('is latest first, a page at a time', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    for (let count = 0; count < 5; count++) {
      await backend.pass(1000)
      await ask(ada, { text: `Question ${String(count)}` })
    }
    const first = await ada.query(api.conversations.list, { paginationOpts: { numItems: 3, cursor: null } })
    expect(first.page.map(({ title }) => title)).toEqual(['Question 4', 'Question 3', 'Question 2'])
    const rest = await ada.query(api.conversations.list, {
      paginationOpts: { numItems: 3, cursor: first.continueCursor },
    })
    expect(rest.page.map(({ title }) => title)).toEqual(['Question 1', 'Question 0'])
    expect(rest.isDone).toBe(true)
  })
})

describe('rename', () => {
  it.each([
    ['Towers', 'Towers'],
    ['  ', 'When did the tower open?'],
    ['x'.repeat(500), `${'x'.repeat(199)}…`],
  ])('%j', async (title, shown) => {
    const ada = person(await createBackend())
    const { conversationId } = await ask(ada)
    await ada.mutation(api.conversations.rename, { conversationId, title })
    expect((await ada.query(api.conversations.get, { conversationId })).title).toBe(shown)
  })
})

describe('remove', () => {
  it('wins over a running answer, and leaves no row behind', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    const sent = await begin(backend, ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await backend.mutation(internal.generations.append, { ...sent.key, seq: 0, text: 'So far' })
    await ada.mutation(api.conversations.remove, { conversationId: sent.conversationId })

    expect((await ada.query(api.conversations.list, firstPage)).page).toEqual([])
    expect(await backend.mutation(internal.generations.append, { ...sent.key, seq: 1, text: 'x' })).toBe('gone')
    expect(await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } })).toBe(
      false,
    )

    await backend.mutation(internal.conversations.purge, { conversationId: sent.conversationId })
    await backend.mutation(internal.snapshots.purge, { snapshotId })
    await backend.mutation(internal.chunks.sweepAll, { generationId: sent.generationId })
    const tables = [
      'conversations',
      'conversationPages',
      'messages',
      'generations',
      'leases',
      'chunks',
      'messageContexts',
      'snapshots',
      'snapshotParts',
      'pages',
    ] as const
    for (const table of tables) expect([table, await rows(backend, table)]).toEqual([table, []])
  })

  it('keeps page text that another conversation refers to', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    const gone = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await ada.mutation(api.conversations.remove, { conversationId: gone.conversationId })
    await backend.mutation(internal.conversations.purge, { conversationId: gone.conversationId })
    expect(await rows(backend, 'snapshots')).toMatchObject([{ _id: snapshotId }])
  })
})
