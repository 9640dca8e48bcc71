import { expect, test } from 'vitest'
import { relativeDay } from './relative-day.ts'

const now = new Date(2026, 10, 24, 15, 30).getTime()

test.each([
  [new Date(2026, 10, 24, 9, 5), '09:05'],
  [new Date(2026, 10, 24, 0, 0), '00:00'],
  [new Date(2026, 10, 23, 23, 59), 'Mon'],
  [new Date(2026, 10, 18, 0, 0), 'Wed'],
  [new Date(2026, 10, 17, 23, 59), '17 Nov 2026'],
])('%s is %s', (at, expected) => {
  expect(relativeDay(at.getTime(), now, 'en-GB')).toBe(expected)
})
