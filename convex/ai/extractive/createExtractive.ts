import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { estimateTokens } from '../../model/tokens.ts'
import type { Task } from '../../validators.ts'
import { type Framed, unframe } from '../pageFrame.ts'
import { Breath, pause } from './breath.ts'
import { writeReply } from './writeReply.ts'

interface Options {
  /** Milliseconds between words; 0 streams as fast as it is read. */
  readonly paceMs: number
}

const stop: LanguageModelV4FinishReason = { unified: 'stop', raw: 'stop' }

/**
 * The built-in model: an AI SDK language model (specification v4) that needs no key and no download. It answers only
 * in sentences of the pages in its prompt (`pageFrame`). `providerOptions.extractive` may say the `task`, the
 * `question`, and what was `written` before the reply was cut off.
 */
export function createExtractive({ paceMs }: Options): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'gloss.extractive',
    modelId: 'extractive',
    supportedUrls: {},
    doGenerate: async (options) => {
      const { text, usage } = await reply(options)
      return { content: [{ type: 'text', text }], finishReason: stop, usage, warnings: [] }
    },
    doStream: (options) => {
      const parts = streamReply(options, paceMs)
      return Promise.resolve({
        stream: new ReadableStream<LanguageModelV4StreamPart>({
          pull: async (controller) => {
            const { done, value } = await parts.next()
            if (done) controller.close()
            else controller.enqueue(value)
          },
          cancel: async () => {
            await parts.return(undefined)
          },
        }),
      })
    },
  }
}

async function* streamReply(
  options: LanguageModelV4CallOptions,
  paceMs: number,
): AsyncGenerator<LanguageModelV4StreamPart, undefined> {
  yield { type: 'stream-start', warnings: [] }
  const { text, usage } = await reply(options)
  const breath = new Breath(options.abortSignal)
  const id = 'reply'
  yield { type: 'text-start', id }
  for (const delta of words(text)) {
    yield { type: 'text-delta', id, delta }
    if (paceMs > 0) await pause(paceMs)
    else await breath.take()
    if (options.abortSignal?.aborted) throw options.abortSignal.reason
  }
  yield { type: 'text-end', id }
  yield { type: 'finish', finishReason: stop, usage }
}

/** What is left to say: all of it, or what follows what was written before. */
async function reply({
  prompt,
  providerOptions,
  abortSignal,
}: LanguageModelV4CallOptions): Promise<{ text: string; usage: LanguageModelV4Usage }> {
  const { task, question, written } = readOptions(providerOptions?.['extractive'])
  const texts = userTexts(prompt)
  const framed = texts.map(unframe).filter((page): page is Framed => page !== null)
  const asked = question ?? texts.findLast((text) => unframe(text) === null) ?? ''
  const whole = await writeReply({ task, question: asked, pages: framed }, new Breath(abortSignal))
  const text = whole.startsWith(written) ? whole.slice(written.length) : `\n\n${whole}`
  return { text, usage: usageOf(texts, text) }
}

function readOptions(options: Record<string, unknown> | undefined): { task: Task; question?: string; written: string } {
  const { task, question, written } = options ?? {}
  return {
    task: task === 'summarise' || task === 'explain' || task === 'compare' ? task : 'ask',
    written: typeof written === 'string' ? written : '',
    ...(typeof question === 'string' ? { question } : {}),
  }
}

function userTexts(prompt: LanguageModelV4Prompt): string[] {
  return prompt.flatMap((message) =>
    message.role === 'user' ? message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])) : [],
  )
}

/** Word by word; a run without spaces, as Chinese is written, four characters at a time. */
function* words(text: string): Generator<string> {
  for (const [word] of text.matchAll(/\s*\S+|\s+$/g)) {
    const characters = [...word]
    if (characters.length <= 24) yield word
    else for (let at = 0; at < characters.length; at += 4) yield characters.slice(at, at + 4).join('')
  }
}

function usageOf(texts: readonly string[], reply: string): LanguageModelV4Usage {
  const input = texts.reduce((sum, text) => sum + estimateTokens(text), 0)
  const output = estimateTokens(reply)
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  }
}
