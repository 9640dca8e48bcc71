import { afterEach, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../run/clock.ts'
import { chooseModel } from './chooseModel.ts'
import type { Environment } from './models.ts'
import { inputOf } from './pageInput.fixture.ts'
import { buildPrompt } from './prompt.ts'
import { delta, done, type Script, silence, startProvider, status, stream } from './scriptedProvider.fixture.ts'
import type { StallLimits } from './stallWatch.ts'
import { streamAnswer } from './streamAnswer.ts'
import type { CallEnd } from './streamOnce.ts'

/** Waits a hundredth as long. */
const hasty: Clock = { now: () => Date.now(), after: (ms, task) => systemClock.after(ms / 100, task) }

const nonce = '0'.repeat(32)
const input = inputOf([])
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Options {
  readonly limits?: StallLimits
  readonly signal?: AbortSignal
  readonly id?: string
  readonly env?: (url: string) => Environment
  readonly clock?: Clock
  readonly ready?: () => Promise<void>
}

/** Asks a scripted provider through the real packages. */
async function ask(
  scripts: readonly Script[],
  { limits, signal, id = 'local/some-model', env, clock = systemClock, ready = async () => {} }: Options = {},
) {
  const provider = await startProvider(...scripts)
  closers.push(provider.close)
  const environment = env ? env(provider.url) : { LOCAL_MODEL_URL: provider.url }
  const live = signal ?? new AbortController().signal
  let alive = () => {}
  const chosen = await chooseModel(id, environment, live, {
    onLife: () => alive(),
    ready,
  })
  let text = ''
  let pieces = 0
  const end: CallEnd | 'aborted' = await streamAnswer(
    {
      chosen: { ...chosen, ...(limits ? { limits } : {}) },
      prompt: buildPrompt({ input, pages: [], budget: chosen.budget, nonce, marked: true }),
      options: {},
      signal: live,
      onText: (more) => {
        text += more
        pieces++
      },
    },
    (watch) => (alive = () => watch.alive()),
    clock,
  ).catch((error: unknown) => {
    if (!live.aborted) throw error
    return 'aborted' as const
  })
  return { end, text, pieces, provider, port: new URL(provider.url).host }
}

const whole = [delta('The tower '), delta('opened in '), delta('1871. 世界 😀'), done()]
const bytes = new TextEncoder().encode(whole.join(''))

describe('a whole answer', () => {
  it.each<[string, (string | Uint8Array)[]]>([
    ['event by event', whole],
    ['in one piece', [whole.join('')]],
    ['byte by byte, through every character', [...bytes].map((byte) => Uint8Array.of(byte))],
    ['with CRLF', [whole.join('').replaceAll('\n', '\r\n')]],
    ['with comments', whole.map((event) => `: still here\n\n${event}`)],
    ['without a final newline', [whole.join('').trimEnd()]],
    ['with events after the end', [...whole, ': bye\n\n']],
  ])('%s', async (_name, pieces) => {
    const { end, text } = await ask([stream(pieces)])
    expect(text).toBe('The tower opened in 1871. 世界 😀')
    expect(end).toMatchObject({ kind: 'complete', usage: { inputTokens: 11, outputTokens: 7 } })
  })

  it('is read no faster than it is wanted, and what came meanwhile is one piece', async () => {
    const deltas = Array.from({ length: 40 }, (_, index) => delta(`${String(index)} `))
    const ready = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 1000))
    const slow = await ask([stream([...deltas, done()], 10)], { ready })
    const fast = await ask([stream([...deltas, done()], 10)])
    expect(slow.text).toBe(fast.text)
    expect(slow.end).toMatchObject({ kind: 'complete', usage: { outputTokens: 7 } })
    expect(slow.pieces).toBeLessThan(fast.pieces / 2)
  })

  it('comes from the first model that a local server lists', async () => {
    const { end, provider } = await ask([status(200, { data: [{ id: 'first' }, { id: 'second' }] }), stream(whole)], {
      id: 'local/auto',
    })
    expect(end.valueOf()).toMatchObject({ kind: 'complete' })
    expect(provider.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1/chat/completions'])
    expect(JSON.parse(provider.requests[1]?.body ?? '{}')).toMatchObject({ model: 'first', stream: true })
  })

  it('comes through the AI Gateway’s own format, with its cost', async () => {
    const part = (value: object) => `data: ${JSON.stringify(value)}\n\n`
    const usage = { inputTokens: { total: 20, cacheRead: 5 }, outputTokens: { total: 3 } }
    const pieces = [
      part({ type: 'stream-start', warnings: [] }),
      part({ type: 'text-start', id: '1' }),
      part({ type: 'text-delta', id: '1', delta: 'In 1871.' }),
      part({ type: 'text-end', id: '1' }),
      part({
        type: 'finish',
        finishReason: { unified: 'stop', raw: 'stop' },
        usage,
        providerMetadata: { gateway: { cost: '0.00042' } },
      }),
      'data: [DONE]\n\n',
    ]
    const { end, text } = await ask([stream(pieces)], {
      id: 'gateway/anthropic/claude-sonnet-5.5',
      env: (url) => ({ AI_GATEWAY_API_KEY: 'key', AI_GATEWAY_URL: url }),
    })
    expect(text).toBe('In 1871.')
    expect(end).toMatchObject({
      kind: 'complete',
      usage: { inputTokens: 20, outputTokens: 3, cachedTokens: 5, costMicros: 420 },
    })
  })
})

describe('an answer that is cut off keeps its text', () => {
  it.each<[string, Script, string]>([
    ['no reason to finish', stream([delta('So far')]), 'interrupted'],
    ['the connection is gone', cut([delta('So far')]), 'interrupted'],
    ['the length limit', stream([delta('So far'), done('length')]), 'interrupted'],
    ['a filter', stream([delta('So far'), done('content_filter')]), 'provider_content_filter'],
    [
      'an error event',
      stream([delta('So far'), 'data: {"error":{"message":"The model is overloaded"}}\n\n']),
      'provider_overloaded',
    ],
    [
      'a line that is no JSON',
      stream([delta('So far'), 'data: {nonsense\n\n', delta(' more'), done()]),
      'provider_failed',
    ],
  ])('%s', async (_name, script, code) => {
    const { end, text, provider } = await ask([script])
    expect(text).toBe('So far')
    expect(end).toMatchObject({ kind: 'fail', failure: { code } })
    expect(provider.requests).toHaveLength(1)
  })
})

describe('a provider that refuses', () => {
  it.each<[string, Script, object, number]>([
    ['the key', status(401, { error: { message: 'Incorrect API key' } }), { code: 'provider_bad_key' }, 1],
    ['without credit', status(402), { code: 'provider_no_credit' }, 1],
    [
      'an unknown model',
      status(404, { error: { message: 'model "x" not found' } }),
      { code: 'provider_model_gone' },
      1,
    ],
    [
      'a long prompt',
      status(400, { error: { message: 'maximum context length is 4096 tokens' } }),
      { code: 'provider_context_too_long' },
      1,
    ],
    ['for a long time', status(429, '', { 'Retry-After': '60' }), { code: 'provider_rate_limited', detail: '60' }, 1],
    ['for an hour', status(429, '', { 'Retry-After': '3600' }), { code: 'provider_rate_limited', detail: '3600' }, 1],
    ['for good', status(500), { code: 'provider_failed', detail: 'HTTP 500' }, 3],
    ['with a page', status(502, '<html>Bad gateway</html>'), { code: 'provider_failed', detail: 'HTTP 502' }, 3],
    ['when busy', status(503), { code: 'provider_overloaded' }, 3],
    ['with an empty answer', stream([done()]), { code: 'provider_failed', detail: 'its answer was empty' }, 1],
  ])('%s', async (_name, script, failure, requests) => {
    const { end, text, provider } = await ask([script], { clock: hasty })
    expect(text).toBe('')
    expect(end).toMatchObject({ kind: 'fail', failure })
    expect(provider.requests).toHaveLength(requests)
  })

  it('for a second is asked again', async () => {
    const { end, text, provider } = await ask([status(429, '', { 'Retry-After': '1' }), stream(whole)], {
      clock: hasty,
    })
    expect(end).toMatchObject({ kind: 'complete' })
    expect(text).toContain('1871')
    expect(provider.requests).toHaveLength(2)
  })

  it('to connect is named, and a local one is not asked again', async () => {
    const gone = await startProvider(silence)
    await gone.close()
    const { end } = await ask([], { env: () => ({ LOCAL_MODEL_URL: gone.url }) })
    expect(end).toMatchObject({
      kind: 'fail',
      failure: { code: 'provider_unreachable', detail: new URL(gone.url).host },
    })
  })
})

describe('a provider that stalls', () => {
  it('before its first word is given up, and its connection closed', async () => {
    const { end, provider } = await ask([silence], { limits: { firstMs: 100, betweenMs: 50_000 } })
    expect(end).toMatchObject({ kind: 'fail', failure: { code: 'provider_stalled' } })
    await expect.poll(() => provider.requests[0]?.closedEarly, { timeout: 50_000 }).toBe(true)
  })

  it('between words is given up, with its text', async () => {
    const pieces = [delta('So far'), ...Array.from({ length: 50 }, () => 'd')]
    const { end, text } = await ask([stream(pieces, 100)], { limits: { firstMs: 50_000, betweenMs: 300 } })
    expect(text).toBe('So far')
    expect(end).toMatchObject({ kind: 'fail', failure: { code: 'provider_stalled' } })
  })

  it('but says that it is there is waited for', async () => {
    const pieces = [...Array.from({ length: 10 }, () => ': reading\n\n'), ...whole]
    const { end } = await ask([stream(pieces, 100)], { limits: { firstMs: 500, betweenMs: 500 } })
    expect(end).toMatchObject({ kind: 'complete' })
  })
})

it('is aborted within a moment, and lets the provider go', async () => {
  const control = new AbortController()
  setTimeout(() => control.abort(), 150)
  const { end, text, provider } = await ask(
    [
      stream(
        Array.from({ length: 1000 }, () => delta('word ')),
        20,
      ),
    ],
    {
      signal: control.signal,
    },
  )
  expect(end).toBe('aborted')
  expect(text).toMatch(/^(word )+$/)
  await expect.poll(() => provider.requests[0]?.closedEarly, { timeout: 50_000 }).toBe(true)
})

/** Streams some pieces and drops the connection. */
function cut(pieces: readonly string[]): Script {
  return async (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    for (const piece of pieces) response.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 50))
    response.destroy()
  }
}
