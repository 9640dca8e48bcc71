import { performance } from 'node:perf_hooks'

/** The functions whose own code may be running now. */
const inside = new Set<ComputingTime>()
/** When this thread last went from a function's code to the engine or back. Milliseconds of `performance.now()`. */
let crossedAt = 0

/**
 * How long the code of one query or mutation has computed, the functions that it calls included. Neither what the
 * engine does for it counts nor what it waits for, nor the time that the machine gives to other processes.
 *
 * Functions share a thread, and nothing tells whose turn a promise's continuation is. What passed while several were
 * between two calls of the engine is shared among them, so that none is charged with what the others do.
 */
export class ComputingTime {
  readonly limitMs: number
  #clockMs = 0
  #activeAt = performance.now()
  #before: ThreadUse | null = null
  #hasEnded = false

  constructor(limitMs: number) {
    this.limitMs = limitMs
  }

  /** The function's code begins, or goes on. */
  enter(): void {
    if (this.#hasEnded) return
    this.#before ??= recentUse()
    crossedAt = this.#activeAt = performance.now()
    inside.add(this)
  }

  /** The engine is asked for something, or the function has ended. */
  leave(): void {
    const now = performance.now()
    const share = (now - crossedAt) / Math.max(1, inside.size)
    for (const computing of inside) computing.#clockMs += share
    crossedAt = this.#activeAt = now
    inside.delete(this)
  }

  /** Whatever of the function still runs is counted no more. */
  end(): void {
    this.#hasEnded = true
    inside.delete(this)
  }

  /** When it was last heard of. Milliseconds of `performance.now()`. */
  get activeAt(): number {
    return this.#activeAt
  }

  /** Whether it has computed longer than it may; known at its calls of the engine, and when it ends. */
  get isOver(): boolean {
    if (this.#clockMs < this.limitMs || this.#before === null) return false
    return computedOf(this.#clockMs, this.#before) >= this.limitMs
  }
}

interface ThreadUse {
  readonly cpuMs: number
  readonly loop: ReturnType<typeof performance.eventLoopUtilization>
}

/** Milliseconds for which a reading serves those that begin: a hundredth of what a function may compute. */
const recentForMs = 10
let recent: { readonly atMs: number; readonly use: ThreadUse } | null = null

/** To read the clocks of a thread takes as long as a small query. */
function recentUse(): ThreadUse {
  const atMs = performance.now()
  if (recent === null || atMs - recent.atMs > recentForMs) recent = { atMs, use: threadUse() }
  return recent.use
}

function threadUse(): ThreadUse {
  const { user, system } = process.threadCpuUsage()
  return { cpuMs: (user + system) / 1_000, loop: performance.eventLoopUtilization() }
}

/**
 * What a function computed in a time of the clock, in ms: the processor was this thread's for a part of the time that it
 * was busy only, where the machine has much else to do; and it cannot have computed more than the whole thread did.
 */
function computedOf(clockMs: number, before: ThreadUse): number {
  const cpuMs = threadUse().cpuMs - before.cpuMs
  const busyMs = performance.eventLoopUtilization(before.loop).active
  return Math.min(cpuMs, clockMs * Math.min(1, cpuMs / busyMs))
}
