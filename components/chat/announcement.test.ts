import { expect, test } from 'vitest'
import { nextAnnouncement } from './announcement.ts'
import type { Announcement } from './announcement.ts'

test.each<[before: Announcement, last: Parameters<typeof nextAnnouncement>[1], expected: Announcement]>([
  ['', undefined, ''],
  ['', { running: false, failed: false }, ''],
  ['', { running: true, failed: false }, 'Answering'],
  ['Answering', { running: true, failed: false }, 'Answering'],
  ['Answering', { running: false, failed: false }, 'Answer ready'],
  ['Answering', { running: false, failed: true }, ''],
  ['Answer ready', { running: false, failed: false }, 'Answer ready'],
  ['Answer ready', { running: true, failed: false }, 'Answering'],
  ['Answer ready', undefined, ''],
])('after "%s", %o says "%s"', (before, last, expected) => {
  expect(nextAnnouncement(before, last)).toBe(expected)
})
