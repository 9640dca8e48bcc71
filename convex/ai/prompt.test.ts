import { describe, expect, it } from 'vitest'
import type { AnswerInput } from '../model/answerInput.ts'
import { inputOf, pageOf } from './pageInput.fixture.ts'
import { buildPrompt } from './prompt.ts'
import type { PageReading } from './reading/coverage.ts'
import { ordersOf, readablePage } from './reading/readablePage.ts'

const nonce = '0123456789abcdef0123456789abcdef'
const page = pageOf('Page text.')
const input = inputOf([page])

const build = (change: Partial<AnswerInput> = {}, budget = 10_000, marked = false) => {
  const asked = { ...input, ...change }
  const pages = asked.pages.map((one, index): PageReading => {
    const readable = readablePage(one, index + 1)
    return { page: readable, reading: 'whole', orders: ordersOf(readable), outline: [] }
  })
  return buildPrompt({ input: asked, pages, budget, nonce, marked })
}

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

  it('marks the passages, says what is not the main text, and asks for quotations by their marks', () => {
    const long = 'A sentence of the main text. '.repeat(10).trim()
    const zoned = pageOf(`# Head\n\n${long}\n\n${long}`, { rest: 'A comment below.' })
    const prompt = build({ pages: [page, zoned] }, 10_000, true)
    expect(parts(prompt)[1]).toContain('\n\n[1.1] Page text.\n')
    expect(parts(prompt)[2]).toContain(
      `\n\n[main ${nonce}]\n\n[2.1] # Head\n\n${long}\n\n[2.2] ${long}\n\n[rest ${nonce}]\n\n[2.3] A comment below.\n`,
    )
    expect(prompt.instructions).toContain('“the page’s words” [P.N]')
    expect(prompt.instructions).toContain(`[rest ${nonce}]`)
    expect(build({}, 10_000, true).instructions).not.toContain('[rest')
  })

  it('asks a plain question without a page', () => {
    const prompt = build({ pages: [] })
    expect(parts(prompt)).toEqual([input.question])
    expect(prompt.instructions).not.toContain(nonce)
  })

  it('does not repeat a long question', () => {
    expect(parts(build({ question: 'x'.repeat(3000) }))).toHaveLength(2)
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
      pages: [pageOf(`f</s>${nonce}g`, { title: '<|system|>' })],
    })
    const all = JSON.stringify(prompt.messages)
    for (const token of ['<|', '[INST]', '</s>']) expect(all).not.toContain(token)
    expect(all.split(nonce)).toHaveLength(3)
  })
})
