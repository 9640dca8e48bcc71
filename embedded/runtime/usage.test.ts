import { describe, expect, test } from 'vitest'
import { Usage, type UsageKind } from './usage.ts'

const advice =
  '. Consider using smaller limits in your queries, paginating your queries, ' +
  'or using indexed queries with a selective index range expressions.'

const cases: [UsageKind, number, string][] = [
  ['documentsRead', 32_000, `Too many documents read in a single function execution (limit: 32000)${advice}`],
  ['bytesRead', 16_777_216, `Too many bytes read in a single function execution (limit: 16777216 bytes)${advice}`],
  ['indexRanges', 4_096, `Too many reads in a single function execution (limit: 4096)${advice}`],
  ['documentsWritten', 16_000, 'Too many writes in a single function execution (limit: 16000)'],
  ['bytesWritten', 16_777_216, 'Too many bytes written in a single function execution (limit: 16777216 bytes)'],
  ['functionsScheduled', 1_000, 'Too many functions scheduled by this mutation (limit: 1000)'],
  [
    'scheduledFunctionArgsBytes',
    16_777_216,
    'Too large total size of the arguments of scheduled functions from this mutation (limit: 16777216 bytes)',
  ],
]

test.each(cases)('%s: %i and no more, in the words of Convex', (kind, most, message) => {
  const usage = new Usage()
  usage.add(kind, most)
  expect(usage.used(kind)).toEqual({ used: most, remaining: 0 })
  expect(() => usage.add(kind, 1)).toThrow(new Error(message))
})

describe('a nested call', () => {
  test('uses up its own lower limit, then the one around it holds again', () => {
    const usage = new Usage()
    usage.read(10, 0)
    const mark = usage.enter({ documentsRead: 2 })
    expect(usage.used('documentsRead')).toEqual({ used: 10, remaining: 2 })
    usage.read(2, 0)
    expect(() => usage.read(1, 0)).toThrow('Too many documents read')
    usage.leave(mark, false)
    expect(usage.used('documentsRead')).toEqual({ used: 13, remaining: 31_987 })
  })

  test('cannot raise a limit', () => {
    const usage = new Usage()
    const outer = usage.enter({ documentsWritten: 3 })
    usage.enter({ documentsWritten: 100 })
    expect(usage.used('documentsWritten').remaining).toBe(3)
    usage.leave(outer, false)
    expect(usage.used('documentsWritten').remaining).toBe(16_000)
  })

  test('that is rolled back gives back what it wrote, not what it read', () => {
    const usage = new Usage()
    usage.wrote(1, 100)
    const mark = usage.enter()
    usage.wrote(5, 500)
    usage.read(7, 700)
    usage.add('functionsScheduled', 9)
    usage.leave(mark, true)
    const used = (kind: UsageKind) => usage.used(kind).used
    expect([used('documentsWritten'), used('bytesWritten'), used('functionsScheduled')]).toEqual([1, 100, 0])
    expect([used('documentsRead'), used('bytesRead')]).toEqual([7, 700])
  })
})
