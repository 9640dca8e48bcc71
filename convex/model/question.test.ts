import { ConvexError } from 'convex/values'
import { describe, expect, it } from 'vitest'
import { cleanQuestion } from './question.ts'

describe('cleanQuestion', () => {
  it.each([
    ['as asked', ' Why? ', 'ask', 'Why?'],
    ['a summary needs no words', '', 'summarise', 'Summarise this page.'],
    ['an explanation needs none', '  ', 'explain', 'Explain this selection.'],
    ['own words win', 'In three lines', 'summarise', 'In three lines'],
    ['half a character is mended', 'a\ud800', 'ask', 'a\ufffd'],
  ] as const)('%s', (_name, text, task, clean) => {
    expect(cleanQuestion(text, task)).toBe(clean)
  })

  it.each([
    ['empty', ' \n ', { code: 'question_empty' }],
    ['1 MB', 'a'.repeat(1_000_000), { code: 'question_too_long', detail: '100,000' }],
  ])('%s', (_name, text, data) => {
    expect(() => cleanQuestion(text, 'ask')).toThrow(new ConvexError(data))
  })
})
