// oxlint-disable no-restricted-imports -- what the scripted provider writes is read by the packages the app reads it with
import { createGateway, GatewayError } from '@ai-sdk/gateway'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, type LanguageModelV4 } from '@ai-sdk/provider'
import { streamText } from 'ai'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { refused, streamed, type Answer } from './answer.ts'
import { ScriptedProvider } from './provider.ts'
import { splitTokens } from './split-tokens.ts'

const TEXT = 'A short reply. 日本語と 👩‍💻 too.\n\n- first\n- second `code`\n'
const FAST = 2000
const QUESTION = 'What does it say?'

async function started(answer: Answer): Promise<ScriptedProvider> {
  const provider = await ScriptedProvider.start(answer)
  onTestFinished(async () => await provider[Symbol.asyncDispose]())
  return provider
}

const wires: { name: string; model: (provider: ScriptedProvider) => LanguageModelV4 }[] = [
  {
    name: 'OpenAI-compatible',
    model: ({ openaiUrl }) =>
      createOpenAICompatible({ name: 'local', baseURL: openaiUrl, includeUsage: true })('scripted'),
  },
  {
    name: 'AI Gateway',
    model: ({ gatewayUrl }) => createGateway({ apiKey: 'k', baseURL: gatewayUrl })('maker/scripted'),
  },
]

interface Heard {
  readonly text: string
  readonly errors: readonly unknown[]
  readonly finishReason?: string
  readonly outputTokens?: number | undefined
}

/** Asks as the app does: one call, no retries, parts and errors alike read from the stream. */
async function ask(model: LanguageModelV4, abortSignal = new AbortController().signal): Promise<Heard> {
  let text = ''
  let end: Pick<Heard, 'finishReason' | 'outputTokens'> = {}
  const errors: unknown[] = []
  try {
    const { stream } = streamText({ model, prompt: QUESTION, maxRetries: 0, abortSignal, onError: () => {} })
    for await (const part of stream) {
      if (part.type === 'text-delta') text += part.text
      else if (part.type === 'error') errors.push(part.error)
      else if (part.type === 'finish')
        end = { finishReason: part.finishReason, outputTokens: part.totalUsage.outputTokens }
    }
  } catch (error) {
    errors.push(error)
  }
  return { text, errors, ...end }
}

function statusOf(error: unknown): number | undefined {
  if (APICallError.isInstance(error) || GatewayError.isInstance(error)) return error.statusCode
  return error instanceof Error ? statusOf(error.cause) : undefined
}

describe.each(wires)('$name', ({ model }) => {
  test('streams the whole text with its usage, and records the request', async () => {
    const provider = await started(streamed(TEXT, FAST))
    expect(await ask(model(provider))).toEqual({
      text: TEXT,
      errors: [],
      finishReason: 'stop',
      outputTokens: splitTokens(TEXT).length,
    })
    expect(provider.last?.tokenTimes).toHaveLength(splitTokens(TEXT).length)
    expect(JSON.stringify(provider.last?.body)).toContain(QUESTION)
    expect(provider.last?.finishedAt).toBeGreaterThan(provider.last?.at ?? Infinity)
  })

  test('keeps its pace', async () => {
    const provider = await started(streamed('word '.repeat(40), 100))
    await ask(model(provider))
    const times = provider.last?.tokenTimes ?? []
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300)
  })

  test.each([401, 402, 404, 429, 500])('HTTP %i is an error of the SDK with that status', async (status) => {
    const { text, errors } = await ask(model(await started(refused(status, 'no'))))
    expect(text).toBe('')
    expect(statusOf(errors[0])).toBe(status)
  })

  test.each<[string, Answer]>([
    ['a cut connection', streamed(TEXT, FAST, { how: 'disconnect', afterTokens: 3 })],
    ['a malformed line', streamed(TEXT, FAST, { how: 'malformed', afterTokens: 3 })],
    ['an error event', streamed(TEXT, FAST, { how: 'error', afterTokens: 3, message: 'overloaded' })],
  ])('%s comes after the text before it', async (_name, answer) => {
    const { text, errors } = await ask(model(await started(answer)))
    expect(text).toBe(splitTokens(TEXT).slice(0, 3).join(''))
    expect(errors.length).toBeGreaterThan(0)
  })

  test('a hang-up is an error', async () => {
    const { text, errors } = await ask(model(await started({ kind: 'hang-up' })))
    expect(text).toBe('')
    expect(errors.length).toBeGreaterThan(0)
  })

  test.each<[string, Answer]>([
    ['in a stalled stream', streamed(TEXT, FAST, { how: 'stall', afterTokens: 3 })],
    ['in a running stream', streamed('word '.repeat(1000), 50)],
    ['before any answer', { kind: 'silent' }],
  ])('notices that the client left %s', async (_name, answer) => {
    const provider = await started(answer)
    const control = new AbortController()
    const reading = ask(model(provider), control.signal)
    await vi.waitFor(
      () => expect(provider.last?.tokenTimes.length).toBeGreaterThan(answer.kind === 'silent' ? -1 : 2),
      5000,
    )
    control.abort()
    await reading
    await vi.waitFor(() => expect(provider.last?.closedAt).toBeGreaterThan(0), 5000)
    expect(provider.last?.finishedAt).toBeUndefined()
  })
})

test('lists its models in both formats', async () => {
  const provider = await started(streamed(TEXT, FAST))
  const response = await fetch(`${provider.openaiUrl}/models`)
  expect(await response.json()).toMatchObject({ data: [{ id: 'scripted' }] })
  const { models } = await createGateway({ apiKey: 'k', baseURL: provider.gatewayUrl }).getAvailableModels()
  expect(models).toEqual([expect.objectContaining({ id: 'scripted' })])
})

test('answers each request as it is told at that moment', async () => {
  const provider = await started(streamed('first', FAST))
  const model = createOpenAICompatible({ name: 'local', baseURL: provider.openaiUrl })('scripted')
  expect((await ask(model)).text).toBe('first')
  provider.answerWith((request) => streamed(`number ${request.index}`, FAST))
  expect((await ask(model)).text).toBe('number 1')
})
