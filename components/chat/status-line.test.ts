import { describe, expect, test } from 'vitest'
import type { Id } from '../../convex/_generated/dataModel.js'
import type { MessageHead } from './message-head.ts'
import { statusLine } from './status-line.ts'
import { shownStatus } from './stop-requests.ts'
import type { ShownStatus } from './stop-requests.ts'

type Generation = NonNullable<MessageHead['generation']>

const generation: Generation = {
  _id: 'g' as Id<'generations'>,
  attempt: 2,
  fromSeq: 0,
  status: 'generating',
  stopRequested: false,
  progressDone: 0,
  progressTotal: 1,
}

describe('statusLine', () => {
  test.each<[status: ShownStatus, generation: Partial<Generation>, expected: string]>([
    ['pending', {}, 'Reading the page… 0:12'],
    ['generating', { startedAt: 2_000 }, 'Reading the page… 0:10'],
    ['generating', { progressDone: 1, progressTotal: 3 }, 'Reading the page, part 2 of 3… 0:12'],
    ['generating', { progressDone: 3, progressTotal: 3 }, 'Reading the page, part 3 of 3… 0:12'],
    ['generating', { firstTokenAt: 3_000 }, 'Answering…'],
    ['stopping', { firstTokenAt: 3_000 }, 'Stopping…'],
    ['complete', { firstTokenAt: 3_000 }, ''],
    ['stopped', {}, ''],
    ['error', {}, ''],
  ])('%s %o', (status, part, expected) => {
    const progress = { _creationTime: 0, generation: { ...generation, ...part } }
    expect(statusLine(status, progress, 12_000)).toBe(expected)
  })
})

describe('shownStatus', () => {
  test.each<[status: MessageHead['status'], stopRequested: boolean, here: string[], expected: ShownStatus]>([
    ['generating', false, [], 'generating'],
    ['generating', true, [], 'stopping'],
    ['generating', false, ['g:2'], 'stopping'],
    ['pending', false, ['g:2'], 'stopping'],
    ['generating', false, ['g:1'], 'generating'],
    ['stopped', true, ['g:2'], 'stopped'],
    ['complete', false, ['g:2'], 'complete'],
  ])('%s, stop asked elsewhere %s, here %o: %s', (status, stopRequested, here, expected) => {
    expect(shownStatus({ status, generation: { ...generation, stopRequested } }, new Set(here))).toBe(expected)
  })
})
