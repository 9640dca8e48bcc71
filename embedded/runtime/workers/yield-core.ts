import { readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { getPriority, setPriority } from 'node:os'

/** Of Linux's 40 steps: beside a thread of usual priority, one of this gets a tenth of a core that both want. */
const niceness = 10

/**
 * Lets the engine's own thread have a core first when there are too few: what an action computes would else keep
 * everyone waiting. Only Linux gives threads priorities of their own; elsewhere, and where `/proc` is not to be read, this
 * does nothing.
 */
export function yieldCore(): void {
  const thread = ownThread()
  if (thread === null) return
  // Relative: a priority that the whole engine was started with stays.
  setPriority(thread, Math.min(19, getPriority(thread) + niceness))
}

/** The system's number of the calling thread. */
function ownThread(): number | null {
  if (process.platform !== 'linux') return null
  try {
    return Number(basename(readlinkSync('/proc/thread-self')))
  } catch {
    return null
  }
}
