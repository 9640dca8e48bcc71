import { expect, test } from 'vitest'
import { truncateUtf8 } from './truncate-utf8.ts'

test.each<[text: string, bytes: number, cut: string, truncated: boolean]>([
  ['', 0, '', false],
  ['abc', 3, 'abc', false],
  ['abcd', 3, 'abc', true],
  ['日本', 6, '日本', false],
  ['日本', 5, '日', true],
  ['a\u{1F600}b', 5, 'a\u{1F600}', true],
  ['a\u{1F600}b', 4, 'a', true],
])('%j in %i bytes', (text, bytes, cut, truncated) => {
  expect(truncateUtf8(text, bytes)).toEqual({ text: cut, truncated })
})
