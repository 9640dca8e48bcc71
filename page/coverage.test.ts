import { expect, test } from 'vitest'
import { coverageOf, wordsOf } from './coverage.ts'

test.each<[what: string, page: string[], selection: string[], shares: number[]]>([
  ['what is held and what is not', ['Home', 'The ferry is late today'], ['The ferry is late today'], [0, 1]],
  ['other marks and spacing', ['- **One two**  three'], ['one, two; three'], [1]],
  ['a part', ['one two three four five six'], ['zero one two three'], [0.5]],
  [
    'a block that the selection joins with others',
    ['one two three', 'four five six'],
    ['one two three four five six'],
    [1, 1],
  ],
  ['words of the page in another order', ['one two three'], ['three two one'], [0]],
  [
    'a short repeat, where its neighbours are',
    ['Reply', 'first remark', 'Reply', 'Reply'],
    ['first remark', 'Reply'],
    [0, 1, 1, 0],
  ],
  [
    'a long repeat as often as it is held',
    ['one two three four', 'x', 'one two three four'],
    ['one two three four'],
    [1, 0, 0],
  ],
  ['more repeats than the page has', ['Reply'], ['Reply', 'Reply'], [1]],
  ['no words', ['—', 'a'], ['—', 'a'], [0, 1]],
  ['nothing', ['one'], [], [0]],
])('%s', (_what, page, selection, shares) => {
  expect(coverageOf(page.map(wordsOf))(selection.map(wordsOf))).toEqual(shares)
})

test('ten thousand repeats', () => {
  const texts = Array.from({ length: 10_000 }, () => ['reply'])
  expect(coverageOf(texts)(texts)).toEqual(texts.map(() => 1))
})
