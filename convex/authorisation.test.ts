import { ConvexError } from 'convex/values'
import { describe, expect, it } from 'vitest'
import { api } from './_generated/api.js'
import {
  ask,
  type Backend,
  begin,
  createBackend,
  functionModules,
  capture,
  type Person,
  person,
  rows,
  staging,
} from './backend.fixture.ts'
import { probes } from './probes.fixture.ts'

interface Call {
  readonly name: string
  readonly call: (who: Person) => Promise<unknown>
  /** Takes the id of something that someone owns. */
  readonly owned: boolean
}

/** Every public function, called with ids that Ada owns. */
async function callsOnAdas(backend: Backend): Promise<Call[]> {
  const ada = person(backend, 'ada')
  const snapshotId = await capture(ada)
  const { begin: stage } = await staging()
  const { conversationId, assistantMessageId: messageId, generationId } = await begin(backend, ada)
  const question = { clientMessageId: 'x', text: 'Why?', task: 'ask' as const, contexts: [] }
  return [
    {
      name: 'chunks:window',
      owned: true,
      call: (who) => who.query(api.chunks.window, { generationId, attempt: 1, from: 0 }),
    },
    { name: 'citations:list', owned: true, call: (who) => who.query(api.citations.list, { messageId }) },
    { name: 'conversations:get', owned: true, call: (who) => who.query(api.conversations.get, { conversationId }) },
    {
      name: 'conversations:list',
      owned: false,
      call: (who) => who.query(api.conversations.list, { paginationOpts: { numItems: 10, cursor: null } }),
    },
    {
      name: 'conversations:remove',
      owned: true,
      call: (who) => who.mutation(api.conversations.remove, { conversationId }),
    },
    {
      name: 'conversations:rename',
      owned: true,
      call: (who) => who.mutation(api.conversations.rename, { conversationId, title: 'Mine' }),
    },
    {
      name: 'messages:continueReply',
      owned: true,
      call: (who) => who.mutation(api.messages.continueReply, { messageId }),
    },
    { name: 'messages:list', owned: true, call: (who) => who.query(api.messages.list, { conversationId }) },
    { name: 'messages:parts', owned: true, call: (who) => who.query(api.messages.parts, { messageId }) },
    { name: 'messages:retry', owned: true, call: (who) => who.mutation(api.messages.retry, { messageId }) },
    {
      name: 'messages:send',
      owned: true,
      call: (who) => who.mutation(api.messages.send, { ...question, conversationId }),
    },
    {
      name: 'messages:send',
      owned: true,
      call: (who) => who.mutation(api.messages.send, { ...question, contexts: [{ snapshotId, kind: 'page' }] }),
    },
    { name: 'messages:sent', owned: true, call: (who) => who.query(api.messages.sent, { messageId }) },
    { name: 'messages:stop', owned: true, call: (who) => who.mutation(api.messages.stop, { messageId }) },
    { name: 'models:list', owned: false, call: (who) => who.query(api.models.list, {}) },
    { name: 'snapshots:begin', owned: false, call: (who) => who.mutation(api.snapshots.begin, stage) },
    { name: 'snapshots:get', owned: true, call: (who) => who.query(api.snapshots.get, { snapshotId }) },
    { name: 'snapshots:part', owned: true, call: (who) => who.query(api.snapshots.part, { snapshotId, order: 0 }) },
    {
      name: 'snapshots:put',
      owned: true,
      call: (who) => who.mutation(api.snapshots.put, { snapshotId, order: 0, text: '' }),
    },
  ]
}

/** The code each call was refused with, or what it gave. */
async function outcomes(calls: readonly Call[], who: Person) {
  const results: [string, unknown][] = []
  for (const { name, call } of calls) {
    const result = await call(who).catch((error: unknown) => (error instanceof ConvexError ? error.data.code : error))
    results.push([name, result])
  }
  return results
}

async function publicFunctions(): Promise<string[]> {
  const names: string[] = []
  for (const [path, load] of Object.entries(functionModules)) {
    const module: unknown = await load()
    if (module === null || typeof module !== 'object') continue
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === 'function' && 'isPublic' in value) names.push(`${path.slice(2, -3)}:${name}`)
    }
  }
  return names.toSorted()
}

describe('every public function', () => {
  it('is in this table', async () => {
    const calls = await callsOnAdas(await createBackend())
    expect([...new Set(calls.map(({ name }) => name))].toSorted()).toEqual(await publicFunctions())
  })

  it('refuses a caller without an identity', async () => {
    const backend = await createBackend()
    const calls = await callsOnAdas(backend)
    expect(await outcomes(calls, backend.withIdentity(null))).toEqual(calls.map(({ name }) => [name, 'not_signed_in']))
  })

  it.each(['a person with a row', 'a person without one'])('gives nothing of Ada’s to %s', async (which) => {
    const backend = await createBackend()
    const calls = await callsOnAdas(backend)
    const bob = person(backend, 'bob')
    if (which === 'a person with a row') await ask(bob)
    const owned = calls.filter((call) => call.owned)
    expect(await outcomes(owned, bob)).toEqual(owned.map(({ name }) => [name, 'not_found']))
  })

  it('says of what is gone what it says of what is another’s', async () => {
    const backend = await createBackend()
    const calls = await callsOnAdas(backend)
    await backend.mutation(probes.empty, { tables: ['conversations', 'messages', 'generations', 'snapshots'] })
    const owned = calls.filter((call) => call.owned)
    expect(await outcomes(owned, person(backend, 'ada'))).toEqual(owned.map(({ name }) => [name, 'not_found']))
  })
})

describe('a signed-in person without a row', () => {
  it('has no conversations, and reading makes no row', async () => {
    const backend = await createBackend()
    const bob = person(backend, 'bob')
    const page = await bob.query(api.conversations.list, { paginationOpts: { numItems: 10, cursor: null } })
    expect(page).toMatchObject({ page: [], isDone: true })
    expect(await rows(backend, 'users')).toEqual([])
  })

  it('gets one, and only one, by writing', async () => {
    const backend = await createBackend()
    const bob = person(backend, 'bob')
    await ask(bob)
    await ask(bob)
    const users = await rows(backend, 'users')
    expect(users).toMatchObject([{ tokenIdentifier: 'https://issuer.test|bob', name: 'bob' }])
  })

  it('does not see the conversations of others', async () => {
    const backend = await createBackend()
    await ask(person(backend, 'ada'))
    const page = await person(backend, 'bob').query(api.conversations.list, {
      paginationOpts: { numItems: 10, cursor: null },
    })
    expect(page.page).toEqual([])
  })
})
