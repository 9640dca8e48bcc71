import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { generateText, streamText } from 'ai'
import { describe, expect, it } from 'vitest'
import { frame } from '../pageFrame.ts'
import { createExtractive } from './createExtractive.ts'
import { samples } from './samples.fixture.ts'

const nonce = '0123456789abcdef0123456789abcdef'
const source = { address: 'https://example.com/', ...samples.news }
const page = frame('page', source, [{ zone: 'main', text: samples.news.text }], nonce)
const model = createExtractive({ paceMs: 0 })
const messages = [
  {
    role: 'user' as const,
    content: [
      { type: 'text' as const, text: page },
      { type: 'text' as const, text: 'Who chairs the board?' },
    ],
  },
]

describe('createExtractive', () => {
  it('streams through the AI SDK, word by word', async () => {
    const result = streamText({ model, messages, maxRetries: 0 })
    const deltas: string[] = []
    for await (const delta of result.textStream) deltas.push(delta)
    expect(deltas.length).toBeGreaterThan(10)
    expect(deltas.join('')).toBe(await result.text)
    expect(await result.text).toContain('Ines Carrow')
    expect(await result.finishReason).toBe('stop')
    expect((await result.usage).outputTokens).toBeGreaterThan(0)
  })

  it('generates the same text at once', async () => {
    const { text } = await generateText({ model, messages, maxRetries: 0 })
    expect(text).toContain('Ines Carrow')
  })

  it.each([0, 1, 40, 200])('continues a reply that was cut after %d characters', async (length) => {
    const whole = (await generateText({ model, messages, providerOptions: { extractive: { task: 'summarise' } } })).text
    const written = whole.slice(0, length)
    const rest = await generateText({
      model,
      messages,
      providerOptions: { extractive: { task: 'summarise', written } },
    })
    expect(written + rest.text).toBe(whole)
  })

  it('stops when it is aborted', async () => {
    const control = new AbortController()
    const options: LanguageModelV4CallOptions = {
      prompt: [{ role: 'user', content: [{ type: 'text', text: page }] }],
      providerOptions: { extractive: { task: 'summarise' } },
      abortSignal: control.signal,
    }
    const { stream } = await createExtractive({ paceMs: 5 }).doStream(options)
    const reader = stream.getReader()
    await reader.read()
    await reader.read()
    control.abort(new Error('enough'))
    await expect(
      (async () => {
        for (;;) if ((await reader.read()).done) break
      })(),
    ).rejects.toThrow('enough')
  })
})
