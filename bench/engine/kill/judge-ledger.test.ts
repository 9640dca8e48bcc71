import { expect, test } from 'vitest'
import { judgeLedger } from './judge-ledger.ts'

test.each([
  ['all there', [0, 1, 2], [0, 1, 2], 0, 0],
  ['one on its way that arrived', [0, 1, 2], [0, 1], 0, 0],
  ['one lost', [0, 2], [0, 1, 2], 1, 0],
  ['one doubled', [0, 1, 1], [0, 1], 0, 1],
  ['one doubled that was never acknowledged', [0, 1, 2, 2], [0, 1], 0, 1],
])('%s', (_name, keys, acknowledged, lost, doubled) => {
  expect(judgeLedger(keys, new Set(acknowledged))).toEqual({ lost, doubled })
})
