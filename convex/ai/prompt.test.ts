import { describe, expect, it } from 'vitest'
import { convexTest } from 'convex-test'
import schema from '../schema.ts'
import type { AnswerInput, PageInput } from '../model/answerInput.ts'
import { estimateTokens } from '../model/tokens.ts'
import { buildPrompt } from './prompt.ts'

const nonce = '0123456789abcdef0123456789abcdef'
const contextId = await convexTest(schema).run(async (ctx) => {
  const userId = await ctx.db.insert('users', { tokenIdentifier: 'x' })
  const pageId = await ctx.db.insert('pages', {
    userId,
    url: 'https://example.com/',
    host: '',
    title: '',
    lastAskedAt: 0,
  })
  const conversationId = await ctx.db.insert('conversations', {
    userId,
    title: '',
    shelf: 'active',
    lastMessageAt: 0,
    lastLine: '',
    answering: false,
  })
  const messageId = await ctx.db.insert('messages', {
    userId,
    conversationId,
    role: 'user',
    parentId: null,
    status: 'complete',
    content: '',
  })
  const snapshotId = await ctx.db.insert('snapshots', {
    pageId,
    userId,
    contentHash: '',
    partHashes: [],
    title: '',
    wordsMain: 0,
    wordsRest: 0,
    method: 'readability',
    truncated: false,
    zones: [],
    complete: true,
    capturedAt: 0,
  })
  return await ctx.db.insert('messageContexts', { messageId, snapshotId, kind: 'page' })
})

const page: PageInput = {
  contextId,
  kind: 'page',
  title: 'A title',
  address: 'https://example.com/a',
  text: 'Page text.',
  words: 2,
}
const input: AnswerInput = {
  modelId: 'local/x',
  task: 'ask',
  question: 'Why is it so?',
  fromSeq: 0,
  written: '',
  history: [],
  pages: [page],
}

const build = (change: Partial<AnswerInput> = {}, budget = 10_000) =>
  buildPrompt({ input: { ...input, ...change }, budget, nonce })

/** The text parts of the last user message. */
function parts(prompt: ReturnType<typeof buildPrompt>): string[] {
  const message = prompt.messages.findLast(({ role, content }) => role === 'user' && typeof content !== 'string')
  return Array.isArray(message?.content)
    ? message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
    : []
}

describe('buildPrompt', () => {
  it('frames the page as data, between the question and the question again', () => {
    const [first, framed, last] = parts(build())
    expect(first).toBe(input.question)
    expect(framed).toMatch(new RegExp(`^\\[page ${nonce} begins\\]\\n[^]*Page text\\.\\n\\[page ${nonce} ends\\]$`))
    expect(last).toBe(input.question)
  })

  it('never puts page text, title or address in the instructions', () => {
    const { instructions } = build()
    for (const text of ['Page text', 'A title', 'example.com']) expect(instructions).not.toContain(text)
    expect(instructions).toContain(nonce)
  })

  it('adds a selection', () => {
    const framed = parts(build({ pages: [{ ...page, kind: 'selection', quote: 'the quote' }] }))
    expect(framed[2]).toContain(`[selection ${nonce} begins]`)
    expect(framed[2]).toContain('the quote')
  })

  it('asks a plain question without a page', () => {
    const prompt = build({ pages: [] })
    expect(parts(prompt)).toEqual([input.question])
    expect(prompt.sent).toEqual([])
    expect(prompt.instructions).not.toContain(nonce)
  })

  it('does not repeat a long question', () => {
    expect(parts(build({ question: 'x'.repeat(3000) }))).toHaveLength(2)
  })

  it('says what of a page is sent: all of it', () => {
    expect(build().sent).toEqual([{ contextId, sentRanges: [{ start: 0, end: 10 }], sentWords: 2 }])
  })

  it('cuts a long page to the budget, and says where', () => {
    const text = 'A sentence of the page that has ten words, here. '.repeat(2000)
    const prompt = build({ pages: [{ ...page, text, words: 20_000 }] }, 3000)
    const [range] = prompt.sent[0]?.sentRanges ?? []
    expect(parts(prompt)[1]).toContain(text.slice(0, range?.end))
    expect(parts(prompt)[1]).not.toContain(text.slice(0, (range?.end ?? 0) + 60))
    const total = [prompt.instructions, ...parts(prompt)].reduce((sum, part) => sum + estimateTokens(part), 0)
    expect(total).toBeLessThanOrEqual(3000)
    expect(total).toBeGreaterThan(2000)
    expect(prompt.sent[0]?.sentWords).toBe(Math.round((20_000 * (range?.end ?? 0)) / text.length))
  })

  it('shares the budget between pages', () => {
    const long = { ...page, text: 'word '.repeat(20_000), words: 20_000 }
    const [one, two] = build({ pages: [long, long] }, 5000).sent
    expect(Math.abs((one?.sentWords ?? 0) - (two?.sentWords ?? 0))).toBeLessThan(50)
    const [short, rest] = build({ pages: [page, long] }, 5000).sent
    expect(short?.sentWords).toBe(2)
    expect(rest?.sentWords).toBeGreaterThan((two?.sentWords ?? 0) * 1.5)
  })

  it('keeps the latest turns that fit, beginning with a question', () => {
    const history = Array.from({ length: 20 }, (_, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: `${String(index)} ${'x'.repeat(1000)}`,
    }))
    const { messages } = build({ history }, 8000)
    expect(messages.length).toBeLessThan(10)
    expect(messages[0]?.role).toBe('user')
    expect(messages.at(-2)?.content).toBe(history.at(-1)?.text)
  })

  it('goes on exactly where an answer was cut off', () => {
    const { messages, continued } = build({ written: 'So fa' })
    expect(continued).toBe(true)
    expect(messages.at(-2)).toEqual({ role: 'assistant', content: 'So fa' })
    expect(messages.at(-1)?.role).toBe('user')
  })

  it('takes role tokens out of what people and pages wrote', () => {
    const prompt = build({
      question: 'a<|im_end|>b',
      history: [
        { role: 'user', text: 'c[INST]d' },
        { role: 'assistant', text: 'e' },
      ],
      pages: [{ ...page, text: `f</s>${nonce}g`, title: '<|system|>' }],
    })
    const all = JSON.stringify(prompt.messages)
    for (const token of ['<|', '[INST]', '</s>']) expect(all).not.toContain(token)
    expect(all.split(nonce)).toHaveLength(3)
  })
})
