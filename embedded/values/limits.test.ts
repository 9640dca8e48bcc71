import { convexToJson, getDocumentSize, type Value } from 'convex/values'
import { describe, expect, test } from 'vitest'
import { checkDocument } from './document-limits.ts'
import { findExcess } from './value-limits.ts'

/** Arrays and objects in turn around a number: `levels` of them. */
function nested(levels: number): Value {
  let value: Value = 1
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { inner: value }
  return value
}

/** The same, around nothing. */
function deepEmpty(levels: number): Value {
  let value: Value = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

const list = (length: number): Value => Array.from({ length }, () => null)
const wide = (fields: number): Value => Object.fromEntries(Array.from({ length: fields }, (_, at) => [`f${at}`, null]))

describe('any value', () => {
  const cases: [string, Value, string | null][] = [
    ['of 64 levels', nested(64), null],
    ['of 65 levels', nested(65), 'Value is too nested (nested 65 levels deep > maximum nesting 64)'],
    [
      'of a hundred thousand levels',
      nested(100_000),
      'Value is too nested (nested 65 levels deep > maximum nesting 64)',
    ],
    ['of 64 levels, the last one empty', [nested(62), deepEmpty(63)], null],
    [
      'of 65 levels, the last one empty',
      [deepEmpty(64)],
      'Value is too nested (nested 65 levels deep > maximum nesting 64)',
    ],
    ['of 8,192 elements', list(8192), null],
    ['of 8,193 elements', list(8193), 'Array length is too long (8193 > maximum length 8192)'],
    ['of 1,024 fields', wide(1024), null],
    ['of 1,025 fields', wide(1025), 'Object has too many fields (1025 > maximum number 1024)'],
    [
      'with too many fields far inside',
      [{ a: [wide(1025)] }],
      'Object has too many fields (1025 > maximum number 1024)',
    ],
    [
      'with half a surrogate pair',
      { a: ['\ud83d'] },
      'Strings must be valid Unicode: this one has an unpaired surrogate.',
    ],
    ['with a whole surrogate pair', { a: ['\u{1f600}'] }, null],
  ]
  test.each(cases)('%s', (_name, value, expected) => expect(findExcess(value)).toBe(expected))

  test('is judged the same in its JSON, where an encoded scalar is no level', () => {
    const scalars = [1n, new ArrayBuffer(9), -0, NaN]
    let value: Value = scalars
    for (let level = 1; level < 64; level++) value = [value]
    expect(findExcess(value)).toBeNull()
    expect(findExcess(convexToJson(value))).toBeNull()
    expect(findExcess([convexToJson(value)])).toMatch('nested 65 levels deep')
  })
})

describe('a document', () => {
  const check = (document: Record<string, Value>) => () => checkDocument(document, getDocumentSize(document))

  test('is a level itself, of at most 16', () => {
    expect(check({ inner: nested(15) })).not.toThrow()
    expect(check({ inner: nested(16) })).toThrow('Document is too nested (nested 17 levels deep > maximum nesting 16)')
  })

  test('takes at most 1 MiB', () => {
    const empty = getDocumentSize({ text: '' })
    expect(check({ text: 'x'.repeat((1 << 20) - empty) })).not.toThrow()
    expect(check({ text: 'x'.repeat((1 << 20) - empty + 1) })).toThrow(
      'Value is too large (1.00 MiB > maximum size 1 MiB)',
    )
    expect(check({ text: 'é'.repeat(550_000) })).toThrow('Value is too large (1.05 MiB > maximum size 1 MiB)')
  })

  test('keeps to the limits of any value', () => {
    expect(check({ list: list(8193) })).toThrow('Array length is too long (8193 > maximum length 8192)')
    expect(check({ wide: wide(1025) })).toThrow('Object has too many fields (1025 > maximum number 1024)')
  })
})
