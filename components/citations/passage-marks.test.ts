import { expect, test } from 'vitest'
import { hidePassageMarks, withoutOpenMark, withoutPassageMarks } from './passage-marks.ts'

test.each([
  ['“a” [1.12] and “b” [2.3].', '“a” and “b”.'],
  ['“a” [P1.12], 【1.4】', '“a”,'],
  ['“a” [1.12, 1.13]', '“a”'],
  ['of a page that was not there [3.1]', 'of a page that was not there [3.1]'],
  ['no mark: [12], [1.2.3], a[0.5]', 'no mark: [12], [1.2.3], a[0.5]'],
  ['code `x [1.12]` stays', 'code `x [1.12]` stays'],
  ['```\nx [1.12]\n``` [1.2]', '```\nx [1.12]\n```'],
])('%s is copied as %s', (markdown, expected) => {
  expect(withoutPassageMarks(markdown, 2)).toBe(expected)
})

test('without a page nothing is a mark', () => {
  expect(withoutPassageMarks('see [1.12]', 0)).toBe('see [1.12]')
})

test.each([
  ['so “a” [', 'so “a”'],
  ['so “a” [1.1', 'so “a”'],
  ['so “a” [1.12]', 'so “a” [1.12]'],
  ['so “a” [the', 'so “a” [the'],
])('while it is written, %s shows %s', (markdown, expected) => {
  expect(withoutOpenMark(markdown)).toBe(expected)
})

test('a paragraph of marks alone goes, and an empty one that was there stays', () => {
  const text = (value: string) => ({ type: 'text', value })
  const p = (...children: { type: string; value: string }[]) => ({ type: 'element', tagName: 'p', children })
  const tree = { type: 'root', children: [p(text('a [1.2]')), p(text('[1.3]')), p()] }
  hidePassageMarks(1)(tree)
  expect(tree.children).toEqual([p(text('a')), p()])
})
