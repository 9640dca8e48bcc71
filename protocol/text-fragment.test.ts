import { expect, test } from 'vitest'
import { textFragmentUrl } from './text-fragment.ts'

const page = 'https://example.com/tides?id=7'

test.each<[name: string, words: string, around: [string, string], fragment: string]>([
  ['words alone', 'the tide comes', ['', ''], '#:~:text=the%20tide%20comes'],
  [
    'what stands around them, and the words alone',
    'the tide comes',
    ['Slowly enough, ', ' to fill the pipe at last'],
    '#:~:text=Slowly%20enough%2C-,the%20tide%20comes,-to%20fill%20the%20pipe&text=the%20tide%20comes',
  ],
  ['characters that part a directive', 'a-b, c & d', ['', ''], '#:~:text=a%2Db%2C%20c%20%26%20d'],
  [
    'several blocks: the ends of them',
    '# The tide\n\n- it comes in twice every single day\n- and goes out',
    ['', ''],
    '#:~:text=The%20tide,and%20goes%20out',
  ],
  [
    'a long passage: its first and last words',
    `${'word '.repeat(60)}end`,
    ['', ''],
    '#:~:text=word%20word%20word%20word%20word%20word,word%20word%20word%20word%20word%20end',
  ],
  [
    'the nearest line of what stands around',
    'x y',
    ['far\n\nnear', 'near\n\nfar'],
    '#:~:text=near-,x%20y,-near&text=x%20y',
  ],
  ['nothing to find', ' \n ', ['', ''], ''],
])('%s', (_name, words, [prefix, suffix], fragment) => {
  expect(textFragmentUrl(page, { words, prefix, suffix })).toBe(page + fragment)
})

test('a route keeps its fragment', () => {
  expect(textFragmentUrl('https://example.com/#/inbox/3', { words: 'a b', prefix: '', suffix: '' })).toBe(
    'https://example.com/#/inbox/3:~:text=a%20b',
  )
})

test('a lone half of a character breaks nothing', () => {
  expect(textFragmentUrl(page, { words: 'a\ud800 b', prefix: '', suffix: '' })).toBe(`${page}#:~:text=a%EF%BF%BD%20b`)
})
