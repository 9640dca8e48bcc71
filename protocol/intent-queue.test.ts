import { describe, expect, test } from 'vitest'
import { nextClaim } from './intent-queue.ts'
import type { QueueEntry } from './intent-queue.ts'

const view = { panelId: 'me', windowId: 1, livePanels: new Set(['me', 'other']), openWindows: new Set([1, 2]) }

function entry(id: string, createdAt: number, windowId: number, claimedBy?: string): QueueEntry {
  return { intent: { id, kind: 'summarise', windowId, tabId: 7, createdAt }, claimedBy }
}

describe('nextClaim', () => {
  test.each<[name: string, entries: QueueEntry[], expected: string | undefined]>([
    ['nothing in an empty queue', [], undefined],
    ['what is meant for this window', [entry('a', 1, 1)], 'a'],
    ['the oldest first, whatever the order of storage', [entry('b', 2, 1), entry('a', 1, 1)], 'a'],
    ['not what another window is to do', [entry('a', 1, 2)], undefined],
    ['what a closed window left behind', [entry('a', 1, 99)], 'a'],
    ['not what a live panel handles', [entry('a', 1, 1, 'other')], undefined],
    ['not what this panel handles already', [entry('a', 1, 1, 'me')], undefined],
    ['what a dead panel was handling', [entry('a', 1, 1, 'dead')], 'a'],
    ['the next one when the first is held', [entry('a', 1, 1, 'other'), entry('b', 2, 1)], 'b'],
  ])('%s', (_name, entries, expected) => {
    expect(nextClaim(entries, view)?.intent.id).toBe(expected)
  })
})
