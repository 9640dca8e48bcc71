/** Time as the writer and the watchers see it, so that tests can move it. */
export interface Clock {
  now(): number
  /** Runs `task` once after `ms`. Returns what cancels it. */
  after(ms: number, task: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
