import { describe, expect, it } from 'vitest'
import type { Id } from '../../_generated/dataModel.js'
import type { AnswerInput, PageInput } from '../../model/answerInput.ts'
import { estimateTokens } from '../../model/tokens.ts'
import { roomForPass } from '../notesPrompt.ts'
import { inputOf, pageOf } from '../pageInput.fixture.ts'
import { buildPrompt, roomForPages, textsOf } from '../prompt.ts'
import { coverageOf } from './coverage.ts'
import { MAX_PASSES } from './packPasses.ts'
import { PassCoverage } from './passCoverage.ts'
import { planReading, type SearchPassages } from './planReading.ts'
import { ordersOf } from './readablePage.ts'

const nonce = '0123456789abcdef0123456789abcdef'
const paragraph = (index: number) =>
  `Paragraph ${String(index)} of the register says what the clerk wrote, and that line ${String(index)} is not the last of them. `
    .repeat(3)
    .trim()
const article = (paragraphs: number) =>
  Array.from(
    { length: paragraphs },
    (_, index) => (index % 20 === 0 ? `## Chapter ${String(index / 20)}\n\n` : '') + paragraph(index),
  ).join('\n\n')

/** No index: as while the passages are still being written. */
const noIndex: SearchPassages = () => Promise.resolve(null)

async function plan(pages: PageInput[], change: Partial<AnswerInput> = {}, budget = 4000, search = noIndex) {
  const input = inputOf(pages, change)
  const room = roomForPages(input, budget)
  const planned = await planReading({ input, room, passRoom: roomForPass(input, budget), search })
  return { input, planned, room }
}

/** All that the one prompt of a plan says. */
async function promptOf(pages: PageInput[], question: string, change: Partial<AnswerInput> = {}, search = noIndex) {
  const { input, planned } = await plan(pages, { question, ...change }, 4000, search)
  if (planned.kind !== 'single') throw new Error('the plan has passes')
  const prompt = buildPrompt({ input, pages: planned.pages, budget: 4000, nonce, marked: true })
  return { text: textsOf(prompt).join('\n'), sent: planned.pages.map((page) => coverageOf(page)) }
}

describe('a page that fits', () => {
  const page = pageOf('Main text, all of it.', { rest: 'A comment.' })
  it.each(['ask', 'summarise', 'explain', 'compare'] as const)('is sent whole to %s', async (task) => {
    const { text, sent } = await promptOf([page], 'Why?', { task })
    expect(text).toContain('Main text, all of it.')
    expect(text).toContain('A comment.')
    expect(sent).toEqual([
      {
        contextId: page.contextId,
        reading: 'whole',
        passes: 1,
        passageCount: 2,
        sentRanges: [{ start: 0, end: page.text.length }],
        sentWords: 7,
        sentMainWords: 5,
        sentRestWords: 2,
      },
    ])
  })
})

describe('a summary', () => {
  it('of main text that fits leaves out what stands around it, and says so', async () => {
    const page = pageOf('Main text, all of it.', { rest: article(100) })
    const { text, sent } = await promptOf([page], 'Summarise', { task: 'summarise' })
    expect(text).not.toContain('Paragraph 1 ')
    expect(sent).toMatchObject([
      { sentMainWords: page.wordsMain, sentRestWords: 0, sentRanges: [{ start: 0, end: 21 }] },
    ])
  })

  it.each([
    ['one page', [pageOf(article(300))], 3000],
    ['one page, tightly', [pageOf(article(100))], 900],
    ['what stands around is left out', [pageOf(article(100), { rest: article(100) })], 3000],
    ['three pages', [pageOf(article(100)), pageOf(article(30)), pageOf('Short.')], 2500],
    ['text without spaces', [pageOf('潮は満ちる。'.repeat(4000))], 3000],
  ])('reads every main passage in exactly one pass, and each fits: %s', async (_name, pages, budget) => {
    const { planned, input } = await plan(pages, { task: 'summarise' }, budget)
    if (planned.kind !== 'passes') throw new Error('one prompt')
    for (const page of planned.pages) {
      const read = planned.passes.filter((pass) => pass.page === page).flatMap(({ orders }) => orders)
      expect(read).toEqual(ordersOf(page, 'main'))
    }
    const room = roomForPass(input, budget)
    for (const { page, orders } of planned.passes) {
      const tokens = orders.reduce((sum, order) => sum + (page.tokens[order] ?? 0), 0)
      expect(tokens <= room || orders.length === 1).toBe(true)
    }
  })

  it('reads what stands around too when asked to', async () => {
    const page = pageOf(article(100), { rest: article(50) })
    const { planned } = await plan([page], { task: 'summarise', withRest: true })
    if (planned.kind !== 'passes') throw new Error('one prompt')
    const [readable] = planned.pages
    if (!readable) throw new Error('no page')
    expect(planned.passes.flatMap(({ orders }) => orders)).toEqual(ordersOf(readable))
  })

  it('beyond the most passes is read in parts of the whole page, and the coverage is below 100 %', async () => {
    const page = pageOf(article(3000))
    const { planned } = await plan([page], { task: 'summarise' }, 1500)
    if (planned.kind !== 'passes') throw new Error('one prompt')
    expect(planned.passes).toHaveLength(MAX_PASSES)
    const read = planned.passes.flatMap(({ orders }) => orders)
    expect(read[0]).toBe(0)
    expect(read.at(-1)).toBeGreaterThan((planned.pages[0]?.passages.length ?? 0) * 0.95)
    const coverage = new PassCoverage(planned.pages)
    for (const pass of planned.passes) coverage.begin(pass)
    const [sent] = coverage.sent()
    expect(sent?.passes).toBe(MAX_PASSES)
    expect(sent?.sentMainWords).toBeLessThan(page.wordsMain * 0.9)
    const words = (sent?.sentRanges ?? []).reduce(
      (sum, { start, end }) =>
        sum +
        page.text
          .slice(start, end)
          .split(/[\s#]+/)
          .filter(Boolean).length,
      0,
    )
    expect(Math.abs(words - (sent?.sentWords ?? 0))).toBeLessThan(words * 0.01)
  })

  it('is what a question about the page as a whole asks for', async () => {
    expect(
      (await plan([pageOf(article(300))], { question: 'Give me a short summary of this page.' })).planned.kind,
    ).toBe('passes')
    expect((await plan([pageOf(article(300))], { question: 'What did the harbour board say?' })).planned.kind).toBe(
      'single',
    )
  })
})

describe('a question on a long page', () => {
  const fact = 'The lamp was sold to Ines Carrow for 410 crowns.'
  it.each([
    ['deep in the main text', pageOf(`${article(200)}\n\n${fact}\n\n${article(200)}`)],
    [
      'in a table',
      pageOf(
        `${article(200)}\n\n| what | who |\n| --- | --- |\n| lamp | sold to Ines Carrow for 410 crowns |\n\n${article(100)}`,
      ),
    ],
    ['in a comment', pageOf(article(200), { rest: `${article(100)}\n\nada: ${fact}\n\nbob: no` })],
    ['in an aside', pageOf(article(200), { rest: `## Related\n\n- ${fact}` })],
    ['in the footer', pageOf(article(200), { rest: `${article(20)}\n\nImprint. ${fact}` })],
  ])('is sent the passage that answers, %s', async (_name, page) => {
    const { text, sent } = await promptOf([page], 'Who was the lamp sold to?')
    expect(text).toContain('sold to Ines Carrow for 410 crowns')
    expect(text).toContain('## Chapter 3')
    expect(text).toMatch(/All of it was searched/)
    expect(estimateTokens(text)).toBeLessThanOrEqual(4000)
    const [given] = sent
    expect(given?.reading).toBe('nearest')
    expect(given?.sentWords).toBeLessThan(page.wordsMain + page.wordsRest)
    const slices = (given?.sentRanges ?? []).map(({ start, end }) => page.text.slice(start, end))
    expect(slices.some((slice) => slice.includes('Ines Carrow'))).toBe(true)
    // Exactly what was sent, no more: every stretch is in the prompt, its marks apart.
    const unmarked = text.replaceAll(/\[\d+\.\d+\] |\[(main|rest) \w+\]/g, '').replaceAll(/\s+/g, ' ')
    for (const slice of slices) expect(unmarked).toContain(slice.replaceAll(/\s+/g, ' '))
  })

  it('takes what the index finds, with its neighbours, in page order', async () => {
    const page = pageOf(article(300))
    const search: SearchPassages = (snapshotId, words) => {
      expect(snapshotId).toBe(page.snapshotId)
      expect(words).toEqual(['lamp', 'sold'])
      return Promise.resolve([200, 100, 150, 10, 20, 30, 40, 50, 60])
    }
    const { planned } = await plan([page], { question: 'Who was the lamp sold to?' }, 4000, search)
    if (planned.kind !== 'single') throw new Error('the plan has passes')
    const orders = planned.pages[0]?.orders ?? []
    expect(orders).toEqual(expect.arrayContaining([99, 100, 101, 199, 200, 201]))
    expect(orders).toEqual(orders.toSorted((a, b) => a - b))
  })

  it('puts a selection and what surrounds it before all else', async () => {
    const text = article(300)
    const start = text.indexOf('Paragraph 222 ')
    const page = pageOf(text, {
      kind: 'selection',
      quote: 'what the clerk wrote',
      quoteRanges: [{ start: start + 30, end: start + 50 }],
    })
    const { text: prompt } = await promptOf([page], 'Explain this selection.', { task: 'explain' })
    for (const near of [220, 221, 222, 223, 224]) expect(prompt).toContain(`Paragraph ${String(near)} `)
  })

  it('leaves short pages whole beside a long one', async () => {
    const { planned } = await plan(
      [pageOf(article(300)), pageOf('Short.', { contextId: 'b' as Id<'messageContexts'> })],
      {
        question: 'Who sold the lamp?',
      },
    )
    expect(planned.kind === 'single' && planned.pages.map(({ reading }) => reading)).toEqual(['nearest', 'whole'])
  })
})
