import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import type { Id } from './_generated/dataModel.js'
import {
  type Backend,
  begin,
  capture,
  createBackend,
  type Person,
  person,
  readAnswer,
  rows,
  scheduled,
} from './backend.fixture.ts'
import type { ContextInput } from './validators.ts'

const page = (snapshotId: Id<'snapshots'>): ContextInput => ({ snapshotId, kind: 'page' })

type Sent = Awaited<ReturnType<typeof begin>>

/** An answer with this text, ended in this way. Its check is scheduled and has not run. */
async function answer(backend: Backend, who: Person, text: string, contexts: ContextInput[], kind = 'complete') {
  const sent = await begin(backend, who, { contexts })
  await finish(backend, sent, text, kind)
  return sent
}

async function finish(backend: Backend, sent: Sent, text: string, kind = 'complete', attempt = 1, seq = 0) {
  const key = { generationId: sent.generationId, attempt }
  if (text !== '') await backend.mutation(internal.generations.append, { ...key, seq, text })
  const error = { code: 'provider_stalled' as const }
  const ending =
    kind === 'complete' ? ({ kind } as const) : kind === 'stop' ? ({ kind } as const) : { kind: 'fail' as const, error }
  await backend.mutation(internal.generations.finish, { ...key, ending })
}

const keyOf = (sent: Sent, attempt = 1) => ({
  messageId: sent.assistantMessageId,
  generationId: sent.generationId,
  attempt,
})

async function check(backend: Backend, sent: Sent, attempt = 1) {
  await backend.action(internal.citations.check, keyOf(sent, attempt))
}

async function list(who: Person, sent: Sent) {
  return await who.query(api.citations.list, { messageId: sent.assistantMessageId })
}

describe('an answer’s quotes', () => {
  it('are found after it has ended, with the page’s own words', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const text =
      'It says "the tower opened in  1871" and “it has 207 steps now”.\n\n> Guests may climb it on Saturdays.'
    const sent = await answer(backend, ada, text, [page(await capture(ada))])
    expect(await list(ada, sent)).toEqual({ checked: false, citations: [] })
    await check(backend, sent)
    const { checked, citations } = await list(ada, sent)
    expect(checked).toBe(true)
    expect(citations).toMatchObject([
      {
        quote: 'the tower opened in  1871',
        match: 'normalised',
        words: 'The tower opened in 1871',
        start: 0,
        prefix: '',
        suffix: '. It has 204 steps.\n\nVisitors may climb it on Saturdays.',
        title: 'The tower',
        host: 'example.com',
        url: 'https://example.com/tower',
      },
    ])
    expect(text.slice(citations[0]?.answerStart, citations[0]?.answerEnd)).toBe('"the tower opened in  1871"')
  })

  it.each(['stop', 'fail'])('are checked when it ended by %s', async (kind) => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await answer(
      backend,
      ada,
      'So “the tower opened in 1871”, and “it has',
      [page(await capture(ada))],
      kind,
    )
    await check(backend, sent)
    const { checked, citations } = await list(ada, sent)
    expect([checked, citations.map(({ match }) => match)]).toEqual([true, ['normalised']])
  })

  it('are looked for in the page that they name, then in the others', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const shared = 'The lamp is lit every night at nine.'
    const one = await capture(ada, { url: 'https://one.test/', text: `${shared} Ferries run all day long.` })
    const two = await capture(ada, { url: 'https://two.test/', text: `Trains run all day long.\n\n${shared}` })
    const text = `“${shared}” [2.1] “${shared}” “Ferries run all day long.” [2.1] “Trains run all day long.”`
    const sent = await answer(backend, ada, text, [page(one), page(two)])
    await check(backend, sent)
    const { citations } = await list(ada, sent)
    expect(citations.map(({ host }) => host)).toEqual(['two.test', 'one.test', 'one.test', 'two.test'])
  })

  it('of a question without a page are not checked', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await answer(backend, ada, '“the tower opened in 1871”', [])
    expect(await scheduled(backend, 'citations')).toEqual([])
    expect(await list(ada, sent)).toEqual({ checked: false, citations: [] })
  })

  it('beyond the first part of a long answer are found too', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await begin(backend, ada, { contexts: [page(await capture(ada))] })
    const key = { generationId: sent.generationId, attempt: 1 }
    for (let seq = 0; seq < 12; seq++) {
      await backend.mutation(internal.generations.append, { ...key, seq, text: 'A line of it.\n\n'.repeat(1500) })
    }
    await finish(backend, sent, '“the tower opened in 1871”', 'complete', 1, 12)
    await check(backend, sent)
    expect((await list(ada, sent)).citations).toMatchObject([{ answerStart: 12 * 1500 * 15 }])
  })
})

describe('a check', () => {
  async function setUp() {
    const backend = await createBackend()
    const ada = person(backend)
    const sent = await answer(backend, ada, 'So “the tower opened in 1871”, ', [page(await capture(ada))], 'stop')
    return { backend, ada, sent }
  }

  it('that runs twice leaves each quote once', async () => {
    const { backend, ada, sent } = await setUp()
    await check(backend, sent)
    await check(backend, sent)
    expect((await list(ada, sent)).citations).toHaveLength(1)
  })

  it('that died with its process runs again', async () => {
    const { backend, ada, sent } = await setUp()
    expect(await scheduled(backend, 'citations:check')).toHaveLength(1)
    const [watch] = await scheduled(backend, 'citations:watch')
    expect((watch?.scheduledTime ?? 0) - (await backend.now())).toBe(30_000)
    await backend.mutation(internal.citations.watch, { ...keyOf(sent), tries: 1 })
    expect(await scheduled(backend, 'citations:check')).toHaveLength(2)
    await check(backend, sent)
    expect((await list(ada, sent)).checked).toBe(true)
    await backend.mutation(internal.citations.watch, { ...keyOf(sent), tries: 2 })
    expect(await scheduled(backend, 'citations:check')).toHaveLength(2)
  })

  it('is given up after six times', async () => {
    const { backend, sent } = await setUp()
    await backend.mutation(internal.citations.watch, { ...keyOf(sent), tries: 6 })
    expect(await scheduled(backend, 'citations:check')).toHaveLength(1)
  })

  it('of a text that was continued writes nothing, and the next one replaces what was found', async () => {
    const { backend, ada, sent } = await setUp()
    await check(backend, sent)
    await ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })
    expect(await list(ada, sent)).toMatchObject({ checked: false, citations: [{}] })
    await check(backend, sent)
    expect((await list(ada, sent)).checked).toBe(false)
    await backend.mutation(internal.generations.start, { generationId: sent.generationId, attempt: 2, sent: [] })
    await finish(backend, sent, 'and “It has 204 steps.”', 'complete', 2, 1)
    await check(backend, sent, 1)
    expect((await list(ada, sent)).checked).toBe(false)
    await check(backend, sent, 2)
    const { checked, citations } = await list(ada, sent)
    expect([checked, citations.length]).toEqual([true, 2])
    expect((await readAnswer(ada, sent)).content.slice(citations[1]?.answerStart)).toBe('“It has 204 steps.”')
  })

  it('of a text that is answered anew writes nothing', async () => {
    const { backend, ada, sent } = await setUp()
    await check(backend, sent)
    await ada.mutation(api.messages.retry, { messageId: sent.assistantMessageId })
    expect(await list(ada, sent)).toEqual({ checked: false, citations: [] })
    await check(backend, sent)
    expect(await list(ada, sent)).toEqual({ checked: false, citations: [] })
  })

  it('of a conversation that was deleted writes nothing', async () => {
    const { backend, ada, sent } = await setUp()
    await ada.mutation(api.conversations.remove, { conversationId: sent.conversationId })
    await backend.mutation(internal.conversations.purge, { conversationId: sent.conversationId })
    await check(backend, sent)
    expect(await rows(backend, 'citations')).toEqual([])
  })
})

describe('citations', () => {
  const count = async (backend: Backend) => (await rows(backend, 'citations')).length

  async function checked() {
    const backend = await createBackend()
    const ada = person(backend)
    const snapshotId = await capture(ada)
    const sent = await answer(backend, ada, '“the tower opened in 1871”', [page(snapshotId)])
    await check(backend, sent)
    expect(await count(backend)).toBe(1)
    return { backend, ada, sent, snapshotId }
  }

  it('go with the conversation', async () => {
    const { backend, ada, sent } = await checked()
    await ada.mutation(api.conversations.remove, { conversationId: sent.conversationId })
    await backend.mutation(internal.conversations.purge, { conversationId: sent.conversationId })
    expect(await count(backend)).toBe(0)
  })

  it('go with the snapshot', async () => {
    const { backend, snapshotId } = await checked()
    await backend.mutation(internal.snapshots.purge, { snapshotId })
    expect(await count(backend)).toBe(0)
  })

  it('are nobody else’s', async () => {
    const { backend, sent } = await checked()
    await expect(list(person(backend, 'bob'), sent)).rejects.toMatchObject({ data: { code: 'not_found' } })
  })

  it('of an answer that is all quotes stay small', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const text = Array.from({ length: 400 }, (_, index) => `第${String(index)}句话说灯塔${'很'.repeat(2000)}高`).join(
      '\n\n',
    )
    const sent = await begin(backend, ada, { contexts: [page(await capture(ada, { text }))] })
    const key = { generationId: sent.generationId, attempt: 1 }
    const blocks = text.split('\n\n').map((block) => `> ${block}\n\n`)
    for (let seq = 0; seq < 100; seq++) {
      await backend.mutation(internal.generations.append, { ...key, seq, text: blocks[seq] ?? '' })
    }
    await finish(backend, sent, '', 'complete', 1, 100)
    await check(backend, sent)
    const { citations } = await list(ada, sent)
    expect(citations).toHaveLength(100)
    const bytes = citations.reduce((sum, { words, quote }) => sum + 3 * (words.length + quote.length), 0)
    expect(bytes).toBeLessThan(1_000_000)
  })
})
