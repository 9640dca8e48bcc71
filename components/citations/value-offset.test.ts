import { expect, test } from 'vitest'
import { valueOffset } from './value-offset.ts'

test.each<[source: string, value: string, at: string]>([
  ['plain “text”', 'plain “text”', '“'],
  [String.raw`2 \* 3 “text”`, '2 * 3 “text”', '“'],
  ['salt &amp; pepper “text”', 'salt & pepper “text”', '“'],
  ['&#8212; and &copy; “text”', '— and © “text”', '“'],
  ['AT&T said “text”', 'AT&T said “text”', '“'],
  ['one\n> two “text”', 'one\ntwo “text”', '“'],
  ['&#x1F30A; wave “text”', '🌊 wave “text”', '“'],
])('of %s', (source, value, at) => {
  expect(value.slice(valueOffset(source, value, source.indexOf(at)))).toBe('“text”')
})
