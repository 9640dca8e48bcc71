import { afterAll, describe, expect, it, vi } from 'vitest'
import { api } from '../_generated/api.js'
import type { Id } from '../_generated/dataModel.js'
import { delta, done, type Script, silence, startProvider, status, stream } from '../ai/scriptedProvider.fixture.ts'
import { ask, capture, createBackend, person, readAnswer, rows } from '../backend.fixture.ts'

/** Ends a test that hangs, and nothing else. */
const patient = { timeout: 50_000, interval: 20 }
const provider = await startProvider()
afterAll(provider.close)

/** A person, and a local model that answers by this script. The scheduler runs the action. */
async function setUp(script: Script, env: Record<string, string> = {}) {
  provider.play(script)
  const backend = await createBackend({
    live: true,
    env: {
      STREAM_CADENCE_MS: '20',
      EXTRACTIVE_PACE_MS: '0',
      LOCAL_MODEL_URL: provider.url,
      LOCAL_MODEL_ID: 'some-model',
      LOCAL_MODEL_CONTEXT: '2000',
      ...env,
    },
  })
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
    (await rows(backend, 'chunks')).filter((row) => row.generationId === generationId && row.attempt === attempt)
  return { backend, ada, until, ended, chunks }
}

const words = Array.from({ length: 60 }, (_, index) => `word ${String(index)} 世界😀, `)

describe('an answer', () => {
  it('is the provider’s text, byte for byte, in chunks that make it up', async () => {
    const { backend, ada, ended, chunks } = await setUp(stream([...words.map(delta), done()], 5))
    const snapshotId = await capture(ada)
    const sent = await ask(ada, { contexts: [{ snapshotId, kind: 'page' }] })
    const answer = await ended(sent)
    expect(answer).toMatchObject({ status: 'complete', content: words.join('') })
    const written = await chunks(sent.generationId)
    expect(written.map(({ text }) => text).join('')).toBe(words.join(''))
    expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index))
    expect(written.length).toBeLessThan(words.length)
    expect(answer.generation?.startedAt).toBeLessThanOrEqual(answer.generation?.firstTokenAt ?? 0)

    const request = provider.requests[0]?.body ?? ''
    expect(request).toContain('The tower opened in 1871.')
    expect(request).toContain('https://example.com/tower')
    const [usage] = await rows(backend, 'usageRecords')
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
    const { ada, ended } = await setUp(stream([delta('In 1871.'), done()]))
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
    const { ada, until, ended, chunks } = await setUp(stream(words.map(delta), 50))
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
    const { ada, until, ended } = await setUp(silence)
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
  let told = 0
  // Goes on where the one before was cut: it counts what it said, as a model reads what it wrote.
  const { ada, ended } = await setUp(
    async (response, body) => {
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
    },
    { ACTION_LIMIT_MS: '500' },
  )
  const sent = await ask(ada)
  const answer = await ended(sent)
  expect(answer).toMatchObject({ status: 'complete', content: words.join('') })
  expect(answer.generation?.attempt).toBeGreaterThan(1)
  // None asks twice; one that is cut before it asks, as on a busy machine, asks never.
  expect(provider.requests.length).toBeGreaterThan(1)
  expect(provider.requests.length).toBeLessThanOrEqual(answer.generation?.attempt ?? 0)
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
    const gone = await startProvider()
    await gone.close()
    const { ada, ended } = await setUp(silence, { LOCAL_MODEL_URL: gone.url })
    const sent = await ask(ada)
    expect(await ended(sent)).toMatchObject({
      status: 'error',
      error: { code: 'provider_unreachable', detail: new URL(gone.url).host },
    })
  })
})

it('removing the conversation ends the run and the provider’s connection', async () => {
  const { ada, until } = await setUp(stream(words.map(delta), 50))
  const sent = await ask(ada)
  await until(sent, 'generating')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1), patient)
  await ada.mutation(api.conversations.remove, { conversationId: sent.conversationId })
  await vi.waitFor(() => expect(provider.requests[0]?.closedEarly).toBe(true), patient)
})

describe('a summary of a page that is too long for the model', () => {
  const paragraph = (index: number) =>
    `Paragraph ${String(index)} of the register: ${'the clerk wrote on and on. '.repeat(10)}`.trim()
  const text = Array.from({ length: 60 }, (_, index) => paragraph(index)).join('\n\n')
  const wordsMain = 60 * 65
  const isPass = (body: string) => body.includes('You take notes')
  /** Notes by the passes, and at the end an answer. */
  const reader =
    (answer: readonly string[] = [delta('It is a register.'), done()], pauseMs = 0): Script =>
    async (response, body, request) => {
      const note = [delta(`A note of ${String(/Paragraph \d+/.exec(body)?.[0])}. “the clerk wrote on” [1.3]`), done()]
      // What was said before the action's limit is not said again.
      const rest = body.includes('It is a register.') ? [done()] : [...answer]
      await stream(isPass(body) ? note : rest, pauseMs)(response, body, request)
    }

  async function askForSummary(script: Script, env: Record<string, string> = {}) {
    const setup = await setUp(script, env)
    const snapshotId = await capture(setup.ada, { text, wordsMain })
    const sent = await ask(setup.ada, {
      task: 'summarise',
      text: 'Summarise.',
      contexts: [{ snapshotId, kind: 'page' }],
    })
    const passes = () => provider.requests.filter(({ body }) => isPass(body))
    const context = async () =>
      (await setup.ada.query(api.messages.list, { conversationId: sent.conversationId }))[0]?.contexts[0]
    const notes = async () => await rows(setup.backend, 'passNotes')
    return { ...setup, sent, passes, context, notes }
  }

  it('reads all of it in passes, each passage once, and answers from their notes', async () => {
    const { backend, ended, sent, passes, context, notes } = await askForSummary(reader())
    const answer = await ended(sent)
    expect(answer).toMatchObject({ status: 'complete', content: 'It is a register.' })
    const count = passes().length
    expect(count).toBeGreaterThan(3)
    expect(provider.requests).toHaveLength(count + 1)
    for (let index = 0; index < 60; index++) {
      expect(passes().filter(({ body }) => body.includes(`Paragraph ${String(index)} of`))).toHaveLength(1)
    }
    const last = provider.requests.at(-1)?.body ?? ''
    for (const { body } of passes()) expect(last).toContain(`A note of ${String(/Paragraph \d+/.exec(body)?.[0])}.`)
    expect(last).not.toContain('of the register: the clerk')
    expect(await context()).toMatchObject({
      reading: 'passes',
      passes: count,
      words: wordsMain,
      sentWords: wordsMain,
      sentMainWords: wordsMain,
    })
    expect(answer.generation).toMatchObject({ progressDone: count, progressTotal: count })
    await vi.waitFor(async () => expect(await notes()).toEqual([]), patient)
    const usage = await rows(backend, 'usageRecords')
    expect(usage).toHaveLength(count + 1)
  })

  it('is stopped in a pass; Continue reads what was not read yet', async () => {
    const { ada, ended, sent, passes, context, until } = await askForSummary((response, body, request) => {
      // The third pass begins and says no more.
      if (passes().length === 3) response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(delta('A'))
      else return reader()(response, body, request)
    })
    await vi.waitFor(() => expect(passes()).toHaveLength(3), patient)
    expect((await until(sent, 'generating')).generation).toMatchObject({ progressDone: 2 })
    await ada.mutation(api.messages.stop, { messageId: sent.assistantMessageId })
    expect(await ended(sent)).toMatchObject({ status: 'stopped', content: '' })
    await vi.waitFor(() => expect(passes()[2]?.closedEarly).toBe(true), patient)
    expect((await context())?.passes).toBe(3)
    expect((await context())?.sentWords).toBeLessThan(wordsMain)

    const before = passes().length
    await ada.mutation(api.messages.continueReply, { messageId: sent.assistantMessageId })
    const answer = await until(sent, 'complete')
    expect(answer).toMatchObject({ content: 'It is a register.' })
    const total = answer.generation?.progressTotal ?? 0
    expect(passes().length - before).toBe(total - 2)
    expect(await context()).toMatchObject({ passes: total, sentWords: wordsMain })
  })

  it('goes on with its next pass in a successor when an action has run for too long', async () => {
    const { ended, sent, passes } = await askForSummary(reader(undefined, 60), { ACTION_LIMIT_MS: '500' })
    const answer = await ended(sent)
    expect(answer).toMatchObject({ status: 'complete', content: 'It is a register.' })
    const { attempt = 0, progressTotal = 0 } = answer.generation ?? {}
    expect(attempt).toBeGreaterThan(1)
    // At most the pass in which the limit came is run again.
    expect(passes().length).toBeLessThan(progressTotal + attempt)
  })

  it('takes a note again whose connection broke, and ends with the reason when that does not help', async () => {
    let broken = 0
    const breaking =
      (times: number): Script =>
      (response, body, request) => {
        if (isPass(body) && broken++ < times) return stream([delta('A no')])(response, body, request)
        return reader()(response, body, request)
      }
    const once = await askForSummary(breaking(1))
    expect(await once.ended(once.sent)).toMatchObject({ status: 'complete' })
    broken = 0
    const twice = await askForSummary(breaking(2))
    expect(await twice.ended(twice.sent)).toMatchObject({ status: 'error', error: { code: 'interrupted' } })
  })

  it('says what the server cut', async () => {
    const { ended, sent, context } = await askForSummary(
      (response, body, request) =>
        stream([delta('A note.'), done('stop', isPass(body) ? 600 : 11)])(response, body, request),
      { LOCAL_MODEL_CONTEXT: '4000' },
    )
    await ended(sent)
    const { serverCut, sentWords = 0 } = (await context()) ?? {}
    expect(serverCut).toBe(true)
    expect(sentWords).toBeLessThan(wordsMain)
    expect(sentWords).toBeGreaterThan(wordsMain / 10)
  })
})
