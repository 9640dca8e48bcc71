import { expect, test } from 'vitest'
import { collapseSpace, preservedSpace } from './white-space.ts'

test.each([
  ['a \t\n b', 'a b'],
  ['a\u00A0\u00A0b', 'a b'],
  ['a\u2003\u202F\u3000b', 'a b'],
  ['a\u2028b\u0085c\u2800d', 'a b c d'],
  [' a ', ' a '],
])('collapses %j', (raw, collapsed) => {
  expect(collapseSpace(raw)).toBe(collapsed)
})

test.each([
  ['a\r\n\tb\rc', 'a\n\tb\nc'],
  ['  a\u00A0b  \n c', '  a b\n c'],
  ['a\u2028b', 'a\nb'],
])('preserves %j', (raw, preserved) => {
  expect(preservedSpace(raw)).toBe(preserved)
})

test('a long run of spaces is read in linear time', () => {
  const long = `${' '.repeat(1_000_000)}x`
  expect(preservedSpace(long)).toBe(long)
  expect(collapseSpace(long)).toBe(' x')
})
