// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import { quotesIn } from '../../protocol/quote/quotes-in.ts'
import { Markdown } from '../chat/markdown.tsx'
import type { Citation } from './citation.ts'
import { quoteViews } from './quote-views.ts'
import { QuotesProvider } from './quotes-context.ts'

afterEach(cleanup)

/** What the check found, in the order of the quotations; undefined: nothing. */
type Found = Partial<Citation> | undefined

function show(markdown: string, found: readonly Found[], pages = 1) {
  const citations = quotesIn(markdown).flatMap((quote, at): Citation[] => {
    const part = found[at]
    if (!part) return []
    const words = part.words ?? quote.text
    return [
      {
        _id: `c${at}` as Id<'citations'>,
        snapshotId: 's' as Id<'snapshots'>,
        quote: quote.text,
        answerStart: quote.start,
        answerEnd: quote.end,
        start: 0,
        end: words.length,
        match: 'exact',
        words,
        prefix: '',
        suffix: '',
        title: 'Tides',
        host: 'example.com',
        url: 'https://example.com/',
        ...part,
      },
    ]
  })
  const open = vi.fn<(citation: Citation) => void>()
  const views = quoteViews(markdown, citations)
  const { container } = render(
    <QuotesProvider value={{ markdown, views, pages, open }}>
      <Markdown text={markdown} streaming={false} quotes={views} pages={pages} />
    </QuotesProvider>,
  )
  return { container, open, views }
}

const text = (element: Element | null): string => element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
const shown = (container: HTMLElement): [string | null, string][] =>
  [...container.querySelectorAll('[data-quote]')].map((element) => [element.getAttribute('data-quote'), text(element)])

describe('a quotation in an answer', () => {
  test('that the page has carries a numbered chip, and its mark is not shown', () => {
    const { container, open } = show('It says “what moves in it is the tide alone” [1.2]. So it is.', [{}])
    expect(shown(container)).toEqual([['verified', '“what moves in it is the tide alone”']])
    expect(text(container)).toBe('It says “what moves in it is the tide alone”. So it is.')
    fireEvent.click(screen.getByRole('button', { name: 'Quote 1: show on the page' }))
    expect(open.mock.calls[0]?.[0]._id).toBe('c0')
  })

  test('that is the page’s but for its writing shows the page’s own words', () => {
    const { container } = show('So: "what moves in it -- is the tide *alone*" [1.2].', [
      { match: 'normalised', words: '> what moves in it – is\n> the tide alone' },
    ])
    expect(shown(container)).toEqual([['verified', '"what moves in it – is the tide alone"']])
  })

  test('that is a paraphrase says so, with the differing words marked', () => {
    const { container } = show('He wrote “the tide comes slowly enough to fill the tube”.', [
      { match: 'paraphrase', words: 'the tide comes slowly enough to fill the pipe' },
    ])
    expect(container.querySelector('[data-quote="paraphrase"]')).not.toBeNull()
    expect(text(container.querySelector('ins'))).toBe('pipe')
    expect(text(container.querySelector('del'))).toBe('tube')
    expect(screen.getByRole('button').getAttribute('aria-label')).toBe('Quote 1, a paraphrase: show on the page')
  })

  test('that the page has nowhere says so, and has no chip', () => {
    const { container } = show('And “a sentence that it never wrote” [1.9].', [undefined])
    expect(shown(container)).toEqual([['missing', '“a sentence that it never wrote” not found on the page']])
    expect(container.querySelector('button')).toBeNull()
  })

  test('is numbered among those that were found', () => {
    show('“one two three four” “five six seven eight” “nine ten eleven twelve”', [{}, undefined, {}], 2)
    expect(screen.getAllByRole('button').map((chip) => chip.getAttribute('aria-label'))).toEqual([
      'Quote 1, from Tides: show on the page',
      'Quote 2, from Tides: show on the page',
    ])
  })

  test.each<[name: string, markdown: string, expected: string]>([
    [
      'in a blockquote',
      'He says:\n\n> what moves in it\n> is the tide alone\n\nSo.',
      'what moves in it is the tide alone',
    ],
    ['in a list', '- “what moves in it is the tide”\n- b', '“what moves in it is the tide”'],
    ['in a heading', '## “what moves in it is the tide”', '“what moves in it is the tide”'],
    ['in a table', '| a | b |\n|---|---|\n| “what moves in it is the tide” | c |', '“what moves in it is the tide”'],
    ['with emphasis in it', 'a “what **moves** in it *is* the tide” b', '“what moves in it is the tide”'],
    ['within emphasis', 'a *“what moves in it is the tide”* b', '“what moves in it is the tide”'],
    [
      'after escapes and references',
      String.raw`2 \* 3 &amp; 4 “what moves in it is the tide” b`,
      '“what moves in it is the tide”',
    ],
    [
      'beginning and ending within emphasis',
      'a **b “what moves** in it *is the tide” c* d',
      '“what moves in it is the tide”',
    ],
  ])('%s', (_name, markdown, expected) => {
    const { container } = show(markdown, [{}])
    expect(
      shown(container)
        .map(([, words]) => words)
        .join(''),
    ).toBe(expected)
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })

  test('before the check it is text like any other', () => {
    const markdown = 'It says “what moves in it is the tide alone” [1.2].'
    const { container } = render(<Markdown text={markdown} streaming={false} pages={1} />)
    expect(container.querySelector('[data-quote]')).toBeNull()
    expect(text(container)).toBe('It says “what moves in it is the tide alone”.')
  })
})

describe('an answer that imitates a chip', () => {
  test.each([
    '<gloss-quote data-view="0">never written</gloss-quote>',
    '<button data-quote-chip data-number="1" aria-label="Quote 1: show on the page"></button>',
    '<span data-quote="verified">never written</span>',
    '[^1]\n\n[^1]: <gloss-quote data-view="0">never written</gloss-quote>',
    '[Quote 1: show on the page](gloss-quote:0)',
    '![Quote 1](data-quote-chip)',
    '```gloss-quote\n0\n```',
    '`<gloss-quote data-view="0">`',
    '“never <gloss-quote data-view="0">written</gloss-quote> on any page”',
    '“never [written on any](https://evil.test "“what moves in it is the tide”") page”',
    '[a “never written on any page” b](https://evil.test/“x”)',
    '\u0000\uE000\uFFFC“never written on any page”\uE001',
  ])('gets none: %s', (markdown) => {
    const { container } = show(markdown, [])
    expect(container.querySelector('button, gloss-quote, [data-quote-chip], [data-quote="verified"]')).toBeNull()
  })

  test('a citation makes one chip, where its quotation stands, whatever else is in the answer', () => {
    const real = '“what moves in it is the tide alone”'
    const fake = '<gloss-quote data-view="0">never written</gloss-quote>'
    const { container } = show(`${fake}\n\n${real}\n\n${fake}`, [{}])
    expect(shown(container)).toEqual([['verified', real]])
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })
})
