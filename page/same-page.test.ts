import { expect, test } from 'vitest'
import { samePage } from './same-page.ts'

test.each<[a: string | undefined, b: string | undefined, same: boolean]>([
  ['https://example.com/a', 'https://example.com/a', true],
  ['https://example.com/a#top', 'https://example.com/a#end', true],
  ['https://example.com/a#', 'https://example.com/a', true],
  ['https://example.com/#/a', 'https://example.com/#/b', false],
  ['https://example.com/#!a', 'https://example.com/', false],
  ['https://example.com/a?v=1', 'https://example.com/a?v=2', false],
  ['https://example.com/a', 'https://example.test/a', false],
  ['not an address', 'not an address', true],
  [undefined, undefined, false],
  ['https://example.com/', undefined, false],
])('%s and %s: %s', (a, b, same) => {
  expect(samePage(a, b)).toBe(same)
})
