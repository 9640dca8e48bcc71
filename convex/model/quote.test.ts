import { expect, it } from 'vitest'
import { cleanQuote } from './quote.ts'

const long = 'x'.repeat(100)

it.each([
  ['nothing selected', {}, {}],
  ['an empty selection', { quote: '', quotePrefix: 'a', quoteRanges: [{ start: 0, end: 1 }] }, {}],
  ['words alone', { quote: 'words' }, { quote: 'words' }],
  [
    'all of it',
    { quote: 'words', quotePrefix: 'before', quoteSuffix: 'after', quoteRanges: [{ start: 3, end: 8 }] },
    { quote: 'words', quotePrefix: 'before', quoteSuffix: 'after', quoteRanges: [{ start: 3, end: 8 }] },
  ],
  [
    'too much around it: the nearest is kept',
    { quote: 'words', quotePrefix: `${long}near`, quoteSuffix: `near${long}` },
    { quote: 'words', quotePrefix: `${long}near`.slice(-64), quoteSuffix: `near${long}`.slice(0, 64) },
  ],
  [
    'places out of order',
    {
      quote: 'words',
      quoteRanges: [
        { start: 9, end: 12 },
        { start: 3, end: 8 },
      ],
    },
    {
      quote: 'words',
      quoteRanges: [
        { start: 3, end: 8 },
        { start: 9, end: 12 },
      ],
    },
  ],
  [
    'places that are none',
    {
      quote: 'words',
      quoteRanges: [
        { start: -1, end: 2 },
        { start: 5, end: 5 },
        { start: 1.5, end: 4 },
        { start: 0, end: Infinity },
      ],
    },
    { quote: 'words' },
  ],
  [
    'places that overlap: the first is kept',
    {
      quote: 'words',
      quoteRanges: [
        { start: 0, end: 6 },
        { start: 4, end: 9 },
      ],
    },
    { quote: 'words', quoteRanges: [{ start: 0, end: 6 }] },
  ],
])('%s', (_name, given, kept) => {
  expect(cleanQuote(given)).toEqual(kept)
})
