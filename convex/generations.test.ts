import { describe, expect, it } from 'vitest'
import { api, internal } from './_generated/api.js'
import type { Id } from './_generated/dataModel.js'
import { type Backend, begin, createBackend, killJob, person, readAnswer, rows, scheduled } from './backend.fixture.ts'
import { probes } from './probes.fixture.ts'

async function setUp() {
  const backend = await createBackend()
  const ada = person(backend)
  const sent = await begin(backend, ada)
  const append = async (seq: number, text: string, attempt = 1) =>
    await backend.mutation(internal.generations.append, { generationId: sent.generationId, attempt, seq, text })
  return { backend, ada, sent, append, answer: async () => await readAnswer(ada, sent) }
}

async function leaseUntil(backend: Backend, generationId: Id<'generations'>): Promise<number | null> {
  const lease = (await rows(backend, 'leases')).find((lease) => lease.generationId === generationId)
  return lease?.leaseUntil ?? null
}

describe('append', () => {
  it('stores chunks in order and says to go on', async () => {
    const { ada, sent, append } = await setUp()
    expect(await append(0, 'a')).toBe('go')
    expect(await append(1, 'b')).toBe('go')
    const window = { generationId: sent.generationId, attempt: 1, from: 0 }
    expect(await ada.query(api.chunks.window, window)).toEqual([
      { seq: 0, text: 'a' },
      { seq: 1, text: 'b' },
    ])
  })

  it('of a stored chunk again changes nothing', async () => {
    const { ada, sent, append } = await setUp()
    await append(0, 'a')
    expect(await append(0, 'other')).toBe('go')
    const window = { generationId: sent.generationId, attempt: 1, from: 0 }
    expect(await ada.query(api.chunks.window, window)).toEqual([{ seq: 0, text: 'a' }])
  })

  it('refuses a gap', async () => {
    const { append } = await setUp()
    await append(0, 'a')
    await expect(append(2, 'c')).rejects.toThrow('chunk 2 arrived before chunk 1')
  })

  it.each([0, 2])('of attempt %d, which is not the current one, writes nothing', async (attempt) => {
    const { append } = await setUp()
    expect(await append(0, 'a', attempt)).toBe('gone')
  })

  it('after the end writes nothing', async () => {
    const { backend, sent, append, answer } = await setUp()
    await append(0, 'a')
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } })
    expect(await append(1, 'b')).toBe('gone')
    expect((await answer()).content).toBe('a')
  })

  it('reports a stop', async () => {
    const { backend, sent, append } = await setUp()
    await backend.mutation(probes.requestStop, { generationId: sent.generationId })
    expect(await append(0, 'a')).toBe('stop')
    expect(await backend.mutation(internal.generations.heartbeat, sent.key)).toBe('stop')
  })

  it('touches neither message nor generation nor lease', async () => {
    const { backend, sent, append } = await setUp()
    const touched = async () => [
      await rows(backend, 'generations'),
      await rows(backend, 'messages'),
      await leaseUntil(backend, sent.generationId),
    ]
    const before = await touched()
    await backend.pass(6000)
    await append(0, 'a')
    expect(await touched()).toEqual(before)
  })
})

describe('a beat', () => {
  it('extends the lease at most every five seconds', async () => {
    const { backend, sent } = await setUp()
    const first = await leaseUntil(backend, sent.generationId)
    await backend.pass(4000)
    await backend.mutation(internal.generations.heartbeat, sent.key)
    expect(await leaseUntil(backend, sent.generationId)).toBe(first)
    await backend.pass(2000)
    await backend.mutation(internal.generations.heartbeat, sent.key)
    expect(await leaseUntil(backend, sent.generationId)).toBe((first ?? 0) + 6000)
  })
})

describe('window', () => {
  it('holds eight, ascending, from where it is asked', async () => {
    const { ada, sent, append } = await setUp()
    for (let seq = 0; seq < 20; seq++) await append(seq, String(seq))
    const read = async (from: number) =>
      (await ada.query(api.chunks.window, { generationId: sent.generationId, attempt: 1, from })).map(({ seq }) => seq)
    expect(await read(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(await read(8)).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
    expect(await read(16)).toEqual([16, 17, 18, 19])
    expect(await read(20)).toEqual([])
  })
})

describe('finish', () => {
  it.each([
    ['complete', { kind: 'complete' }, 'complete'],
    ['stopped', { kind: 'stop' }, 'stopped'],
    ['failed', { kind: 'fail', error: { code: 'provider_stalled' } }, 'error'],
  ] as const)('%s keeps the text, records usage, and leaves the conversation idle', async (_name, ending, status) => {
    const { backend, ada, sent, append, answer } = await setUp()
    await append(0, '# Opened\n')
    await append(1, 'In **1871**.')
    expect(await backend.mutation(internal.generations.finish, { ...sent.key, ending, firstTokenAt: 5 })).toBe(true)
    expect(await answer()).toMatchObject({
      status,
      content: '# Opened\nIn **1871**.',
      generation: { status, firstTokenAt: 5 },
      ...(ending.kind === 'fail' ? { error: ending.error } : {}),
    })
    expect(await ada.query(api.conversations.get, { conversationId: sent.conversationId })).toMatchObject({
      answering: false,
      lastLine: 'Opened',
    })
    const usage = await rows(backend, 'usageRecords')
    expect(usage).toMatchObject([{ messageId: sent.assistantMessageId, modelId: 'extractive', estimated: true }])
    expect(await leaseUntil(backend, sent.generationId)).toBeNull()
  })

  it('records what the provider reported', async () => {
    const { backend, sent, append } = await setUp()
    await append(0, 'a')
    const usage = { inputTokens: 100, outputTokens: 7, cachedTokens: 50, costMicros: 12 }
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' }, usage })
    const [record] = await rows(backend, 'usageRecords')
    expect(record).toMatchObject(usage)
    expect(record?.estimated).toBeUndefined()
  })

  it('happens once, whoever comes second', async () => {
    const { backend, sent, append, answer } = await setUp()
    await append(0, 'a')
    const endings = [{ kind: 'complete' }, { kind: 'stop' }, { kind: 'fail', error: { code: 'interrupted' } }] as const
    const done = await Promise.all(
      endings.map(async (ending) => await backend.mutation(internal.generations.finish, { ...sent.key, ending })),
    )
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await answer()).toMatchObject({ content: 'a' })
    expect(await rows(backend, 'usageRecords')).toHaveLength(1)
  })

  it.each([
    ['stop first', true],
    ['finish first', false],
  ])('against Stop ends once: %s', async (_name, stopFirst) => {
    const { backend, ada, sent, append, answer } = await setUp()
    await append(0, 'a')
    const stop = async () => void (await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId }))
    const finish = async () =>
      void (await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } }))
    for (const act of stopFirst ? [stop, finish] : [finish, stop]) await act()
    expect(await answer()).toMatchObject({ status: stopFirst ? 'stopped' : 'complete', content: 'a' })
  })

  it('moves what is beyond 200 KB into parts, and Continue adds to them', async () => {
    const { backend, ada, sent, append, answer } = await setUp()
    const long = 'äöü€😀 '.repeat(1000)
    for (let seq = 0; seq < 30; seq++) await append(seq, long)
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'stop' } })
    const whole = async () => {
      const head = await answer()
      const parts = await ada.query(api.messages.parts, { messageId: sent.assistantMessageId })
      expect(parts).toHaveLength(head.partCount)
      return head.content + parts.map((part) => part.text).join('')
    }
    expect((await answer()).partCount).toBe(2)
    expect(await whole()).toBe(long.repeat(30))

    await ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })
    const key = { generationId: sent.generationId, attempt: 2 }
    expect((await backend.query(internal.generations.input, key))?.written).toBe(long.repeat(30))
    await backend.mutation(internal.generations.start, { ...key, sent: [] })
    for (let seq = 30; seq < 50; seq++) await append(seq, long, 2)
    await backend.mutation(internal.generations.finish, { ...key, ending: { kind: 'complete' } })
    expect(await whole()).toBe(long.repeat(50))
  })

  it('leaves the chunks for five minutes, then deletes them in batches', async () => {
    const { backend, sent, append } = await setUp()
    for (let seq = 0; seq < 250; seq++) await append(seq, 'x')
    await backend.mutation(internal.generations.finish, { ...sent.key, ending: { kind: 'complete' } })
    const count = async () => (await rows(backend, 'chunks')).length
    const [job] = await scheduled(backend, 'sweep')
    expect((job?.scheduledTime ?? 0) - (await backend.now())).toBe(300_000)
    expect(await count()).toBe(250)
    await backend.mutation(internal.chunks.sweep, sent.key)
    expect(await count()).toBe(150)
  })
})

describe('handing over near the action limit', () => {
  it('goes on as the next attempt without the answer leaving its state', async () => {
    const { backend, sent, append, answer } = await setUp()
    await append(0, 'First half, ')
    expect(await backend.mutation(internal.generations.handOver, sent.key)).toBe(true)
    expect(await answer()).toMatchObject({
      status: 'generating',
      content: 'First half, ',
      generation: { attempt: 2, fromSeq: 1 },
    })
    expect(await append(1, 'late')).toBe('gone')
    const key = { generationId: sent.generationId, attempt: 2 }
    expect(await backend.mutation(internal.generations.start, { ...key, sent: [] })).toBe(true)
    expect(await append(1, 'second half.', 2)).toBe('go')
    await backend.mutation(internal.generations.finish, { ...key, ending: { kind: 'complete' } })
    expect(await answer()).toMatchObject({ status: 'complete', content: 'First half, second half.' })
  })
})

describe('the watchdog', () => {
  it('leaves an answer whose lease holds', async () => {
    const { backend, sent, answer } = await setUp()
    await killJob(backend, sent.generationId)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect((await answer()).status).toBe('generating')
  })

  it('ends one whose action died, with its text, as interrupted', async () => {
    const { backend, sent, append, answer } = await setUp()
    await append(0, 'So far')
    await killJob(backend, sent.generationId)
    await backend.pass(16_000)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect(await answer()).toMatchObject({ status: 'error', error: { code: 'interrupted' }, content: 'So far' })
  })

  it('leaves one that stored a chunk of late', async () => {
    const { backend, sent, append, answer } = await setUp()
    await killJob(backend, sent.generationId)
    await backend.pass(14_000)
    await append(0, 'So far')
    await backend.pass(14_000)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect((await answer()).status).toBe('generating')
    await backend.pass(2000)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect((await answer()).status).toBe('error')
  })

  it('waits for an action that is still queued', async () => {
    const { backend, sent, answer } = await setUp()
    await backend.pass(60_000)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect((await answer()).status).toBe('generating')
  })

  it('of an older attempt does nothing', async () => {
    const { backend, sent, answer } = await setUp()
    await backend.mutation(internal.generations.handOver, sent.key)
    await killJob(backend, sent.generationId)
    await backend.pass(60_000)
    await backend.mutation(internal.generations.watchdog, sent.key)
    expect((await answer()).status).toBe('generating')
  })
})

describe('recover', () => {
  it('ends at once what died with the process, and nothing else', async () => {
    const backend = await createBackend()
    const ada = person(backend)
    const dead = await begin(backend, ada)
    await backend.mutation(internal.generations.append, { ...dead.key, seq: 0, text: 'So far' })
    const queued = await begin(backend, ada)
    const done = await begin(backend, ada)
    await backend.mutation(internal.generations.finish, { ...done.key, ending: { kind: 'complete' } })
    await killJob(backend, dead.generationId)
    await backend.mutation(internal.generations.recover, {})
    expect(await readAnswer(ada, dead)).toMatchObject({
      status: 'error',
      error: { code: 'interrupted' },
      content: 'So far',
    })
    expect((await readAnswer(ada, queued)).status).toBe('generating')
    expect((await readAnswer(ada, done)).status).toBe('complete')
  })

  it('comes back for the rest when there are many', async () => {
    const backend = await createBackend()
    for (let count = 0; count < 25; count++) {
      const sent = await begin(backend, person(backend, `person-${String(count)}`))
      await killJob(backend, sent.generationId)
    }
    const alive = async () =>
      (await rows(backend, 'generations')).filter(({ status }) => status === 'generating').length
    await backend.mutation(internal.generations.recover, {})
    expect(await alive()).toBe(5)
    await backend.mutation(internal.generations.recover, {})
    expect(await alive()).toBe(0)
  })
})
