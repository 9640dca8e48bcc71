import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import { delta, done, type Script, silence, startProvider, status, stream } from '../ai/scriptedProvider.fixture.ts'
import { ask, capture, createBackend, person, readAnswer } from '../backend.fixture.ts'

/** Ends a test that hangs, and nothing else. */
const patient = { timeout: 50_000, interval: 20 }
const closers: (() => Promise<void>)[] = []
beforeEach(() => {
  vi.stubEnv('STREAM_CADENCE_MS', '20')
  vi.stubEnv('EXTRACTIVE_PACE_MS', '0')
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A person, and a local model that answers by these scripts. Real timers: the scheduler runs the action. */
async function setUp(...scripts: Script[]) {
  const provider = await startProvider(...scripts)
  closers.push(provider.close)
  vi.stubEnv('LOCAL_MODEL_URL', provider.url)
  vi.stubEnv('LOCAL_MODEL_ID', 'some-model')
  const backend = createBackend()
  const ada = person(backend)
  type Sent = Awaited<ReturnType<typeof ask>>
  const until = async (sent: Sent, ...states: string[]) =>
    await vi.waitFor(async () => {
      const answer = await readAnswer(ada, sent)
      expect(states).toContain(answer.status)
      return answer
    }, patient)
  const ended = async (sent: Sent) => await until(sent, 'complete', 'stopped', 'error')
  const chunks = async (generationId: Id<'generations'>, attempt = 1) =>
    await backend.run(
      async (ctx) =>
        await ctx.db
          .query('chunks')
          .withIndex('by_generation_attempt_seq', (q) => q.eq('generationId', generationId).eq('attempt', attempt))
          .collect(),
    )
  return { backend, ada, provider, until, ended, chunks }
}

const words = Array.from({ length: 60 }, (_, index) => `word ${String(index)} 世界😀, `)

describe('an answer', () => {
  it('is the provider’s text, byte for byte, in chunks that make it up', async () => {
    const { backend, ada, provider, ended, chunks } = await setUp(stream([...words.map(delta), done()], 5))
    const snapshotId = await capture(ada)
    const sent = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    const answer = await ended(sent)
    expect(answer).toMatchObject({ status: 'complete', content: words.join('') })
    const rows = await chunks(sent.generationId)
    expect(rows.map(({ text }) => text).join('')).toBe(words.join(''))
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index))
    expect(rows.length).toBeLessThan(words.length)
    expect(answer.generation?.startedAt).toBeLessThanOrEqual(answer.generation?.firstTokenAt ?? 0)

    const request = provider.requests[0]?.body ?? ''
    expect(request).toContain('The tower opened in 1871.')
    expect(request).toContain('https://example.com/tower')
    const [usage] = await backend.run(async (ctx) => await ctx.db.query('usageRecords').collect())
    expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 7, modelId: 'local/some-model' })
    const [question] = await ada.query(api.messages.list, { conversationId: sent.conversationId })
    expect(question?.contexts).toMatchObject([{ words: 13, sentWords: 13 }])
  })

  it('of the built-in model needs no provider', async () => {
    const { ada, ended } = await setUp(silence)
    const snapshotId = await capture(ada)
    const sent = await ask(ada, { modelId: 'extractive', contexts: [{ snapshotId, kind: 'page' }] })
    expect((await ended(sent)).content).toBe('The page says:\n\n> The tower opened in 1871. It has 204 steps.')
  })

  it('to a second question has the first turn, and a page only when it is sent again', async () => {
    const { ada, provider, ended } = await setUp(stream([delta('In 1871.'), done()]))
    const snapshotId = await capture(ada)
    const first = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    await ended(first)
    const { conversationId } = first
    await ended(await ask(ada, { text: 'And the steps?', conversationId, contexts: [{ snapshotId, kind: 'page' }] }))
    await ended(await ask(ada, { text: 'And without it?', conversationId }))
    const [, again = '', without = ''] = provider.requests.map(({ body }) => body)
    for (const text of ['When did the tower open?', 'In 1871.', 'It has 204 steps.', 'And the steps?']) {
      expect(again).toContain(text)
    }
    expect(without).toContain('And without it?')
    expect(without).not.toContain('It has 204 steps.')
  })
})

describe('Stop', () => {
  it('while text comes keeps it, and closes the provider’s connection', async () => {
    const { ada, provider, until, ended, chunks } = await setUp(stream(words.map(delta), 50))
    const sent = await ask(ada)
    await until(sent, 'generating')
    await vi.waitFor(async () => expect((await chunks(sent.generationId)).length).toBeGreaterThan(2), patient)
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    const answer = await ended(sent)
    expect(answer.status).toBe('stopped')
    expect(answer.content.length).toBeGreaterThan(0)
    expect(words.join('').startsWith(answer.content)).toBe(true)
    await vi.waitFor(() => expect(provider.requests[0]?.closedEarly).toBe(true), patient)
  })

  it('while the model is silent is seen too', async () => {
    const { ada, provider, until, ended } = await setUp(silence)
    const sent = await ask(ada)
    await until(sent, 'generating')
    await vi.waitFor(() => expect(provider.requests).toHaveLength(1), patient)
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    expect(await readAnswer(ada, sent)).toMatchObject({ status: 'generating', generation: { stopRequested: true } })
    expect(await ended(sent)).toMatchObject({ status: 'stopped', content: '' })
    await vi.waitFor(() => expect(provider.requests[0]?.closedEarly).toBe(true), patient)
  })
})

it('an answer longer than an action may last is one answer, byte for byte', async () => {
  vi.stubEnv('ACTION_LIMIT_MS', '400')
  let told = 0
  // Goes on where the one before was cut: it counts what it said, as a model reads what it wrote.
  const { ada, ended, provider } = await setUp(async (response, body) => {
    const { messages } = JSON.parse(body)
    const written: string = messages.find((message: { role: string }) => message.role === 'assistant')?.content ?? ''
    // The cut may have come after the last word: then nothing is left to say.
    told = [...words, ''].findIndex((_, index) => words.slice(0, index).join('') === written)
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    for (const word of words.slice(told)) {
      if (response.destroyed) return
      response.write(delta(word))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    response.end(done())
  })
  const sent = await ask(ada)
  const answer = await ended(sent)
  expect(answer).toMatchObject({ status: 'complete', content: words.join('') })
  expect(answer.generation?.attempt).toBeGreaterThan(1)
  expect(provider.requests.length).toBe(answer.generation?.attempt)
})

describe('what goes wrong becomes the answer’s error', () => {
  it.each<[string, Script, string, object]>([
    ['a refused key', status(401), 'local/some-model', { code: 'provider_bad_key' }],
    ['an answer cut off', stream([delta('So far')]), 'local/some-model', { code: 'interrupted' }],
    ['a model without its key', silence, 'gateway/a/b', { code: 'provider_no_key' }],
    ['a model that is none', silence, 'nonsense', { code: 'provider_model_gone' }],
  ])('%s', async (_name, script, modelId, error) => {
    const { ada, ended } = await setUp(script)
    const sent = await ask(ada, { modelId })
    expect(await ended(sent)).toMatchObject({ status: 'error', error })
  })

  it('a provider that is not there is named', async () => {
    const { ada, ended, provider } = await setUp(silence)
    await provider.close()
    const sent = await ask(ada)
    expect(await ended(sent)).toMatchObject({
      status: 'error',
      error: { code: 'provider_unreachable', detail: new URL(provider.url).host },
    })
  })
})

it('removing the conversation ends the run and the provider’s connection', async () => {
  const { ada, provider, until } = await setUp(stream(words.map(delta), 50))
  const sent = await ask(ada)
  await until(sent, 'generating')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1), patient)
  await ada.mutation(api.conversations.remove, { conversationId: sent.conversationId })
  await vi.waitFor(() => expect(provider.requests[0]?.closedEarly).toBe(true), patient)
})
