import { performance } from 'node:perf_hooks'

/** Milliseconds of the event loop that are looked at together. */
const SAMPLE_MS = 100
/** The share of its time for which the thread may work before clients are told less often. */
const BUSY = 0.8
const LONGEST_GAP_MS = 40

let begun = performance.eventLoopUtilization()
let begunAt = performance.now()
let gap = 0

/**
 * How long after a transition the next one waits for more commits, in milliseconds: not at all while the thread has
 * time left, and the longer the less of it there is. A frame costs as much as a query, and many commits fit in one.
 */
export function commitGapMs(): number {
  const now = performance.now()
  if (now - begunAt >= SAMPLE_MS) {
    const { utilization } = performance.eventLoopUtilization(begun)
    gap = Math.max(0, (utilization - BUSY) / (1 - BUSY)) * LONGEST_GAP_MS
    begun = performance.eventLoopUtilization()
    begunAt = now
  }
  return gap
}
