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
  test.each<[status: ShownStatus, generation: Partial<Generation>, begun: boolean, expected: string]>([
    ['pending', {}, false, 'Reading the page… 0:12'],
    ['generating', { startedAt: 2_000 }, false, 'Reading the page… 0:10'],
    ['generating', { progressDone: 1, progressTotal: 3 }, false, 'Reading the page, part 2 of 3… 0:12'],
    ['generating', { progressDone: 3, progressTotal: 3 }, false, 'Putting it together… 0:12'],
    ['generating', {}, true, 'Answering…'],
    ['stopping', {}, true, 'Stopping…'],
    ['complete', {}, true, ''],
    ['stopped', {}, false, ''],
    ['error', {}, false, ''],
  ])('%s %o, begun %s', (status, part, begun, expected) => {
    const progress = { _creationTime: 0, begun, generation: { ...generation, ...part } }
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
