import { describe, expect, test } from 'vitest'
import { coverageOf } from './coverage.ts'

const page = { words: 20_700, wordsMain: 18_400, wordsRest: 2_300, truncated: false }
type Sent = Parameters<typeof coverageOf>[0]

describe('coverageOf', () => {
  test.each<[name: string, sent: Partial<Sent>, line: string | undefined, canInclude: boolean]>([
    ['nothing yet', {}, undefined, false],
    [
      'all of it at once',
      { words: 1, wordsMain: 1, wordsRest: 0, sentWords: 1, sentMainWords: 1, reading: 'whole' },
      'read 100 %: 1 word',
      false,
    ],
    [
      'all of it in passes',
      { sentWords: 20_700, sentMainWords: 18_400, sentRestWords: 2_300, passes: 3, reading: 'passes' },
      'read 100 %: 20,700 words, 3 passes',
      false,
    ],
    [
      'the main text',
      { sentWords: 18_400, sentMainWords: 18_400, sentRestWords: 0, passes: 1, reading: 'whole' },
      'main text 100 %, 2,300 words of comments and margins not used',
      true,
    ],
    [
      'the main text in passes',
      { sentWords: 18_400, sentMainWords: 18_400, sentRestWords: 0, passes: 3, reading: 'passes' },
      'main text 100 %, 3 passes, 2,300 words of comments and margins not used',
      true,
    ],
    [
      'the nearest passages',
      { sentWords: 4_600, sentMainWords: 4_000, sentRestWords: 600, passageCount: 14, passes: 1, reading: 'nearest' },
      'read 22 %: the 14 passages nearest to your question',
      false,
    ],
    [
      'not even one percent',
      { sentWords: 20, sentMainWords: 20, sentRestWords: 0, passageCount: 1, passes: 1, reading: 'nearest' },
      'read 1 %: the passage nearest to your question',
      false,
    ],
    [
      'stopped, one word short',
      { sentWords: 18_399, sentMainWords: 18_399, sentRestWords: 0, passes: 2, reading: 'passes' },
      'read 88 %: 18,399 of 20,700 words, 2 passes',
      false,
    ],
    [
      'cut by the server',
      { sentWords: 5_000, sentMainWords: 5_000, sentRestWords: 0, passes: 1, reading: 'whole', serverCut: true },
      'read about 24 %: the model’s server cut what it was sent.',
      false,
    ],
    [
      'a page that was cut',
      { sentWords: 20_700, sentMainWords: 18_400, sentRestWords: 2_300, reading: 'whole', truncated: true },
      'read 100 %: 20,700 words. The page was longer than can be kept.',
      false,
    ],
    ['an answer of before', { sentWords: 20_700 }, 'read 100 %: 20,700 words', false],
  ])('%s', (_name, sent, line, canInclude) => {
    expect(coverageOf({ ...page, ...sent })).toEqual(line === undefined ? undefined : { line, canInclude })
  })
})
