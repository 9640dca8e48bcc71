import { clearTimeout, setImmediate, setTimeout } from './real-timers.ts'

/** The work's result, or the fallback's when the work takes longer. The work itself is not interrupted. */
export async function withTimeLimit<Result>(
  work: Promise<Result>,
  limitMs: number,
  fallback: () => Result,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(fallback()), limitMs)
    timer.unref()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The same for work that has not been heard of for so long: it waits for what never comes. `activeAt` is in milliseconds
 * of `performance.now()`.
 */
export async function withSilenceLimit<Result>(
  work: Promise<Result>,
  limitMs: number,
  activeAt: () => number,
  fallback: () => Result,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let hasEnded = false
  const silent = new Promise<Result>((resolve) => {
    const look = (isSure: boolean) => {
      if (hasEnded) return
      const leftMs = activeAt() + limitMs - performance.now()
      if (leftMs > 0) timer = setTimeout(look, leftMs, false).unref()
      else if (isSure) resolve(fallback())
      // This thread may have been busy elsewhere: what has arrived meanwhile is let in first.
      else setImmediate(look, true)
    }
    look(false)
  })
  try {
    return await Promise.race([work, silent])
  } finally {
    hasEnded = true
    clearTimeout(timer)
  }
}

export function timedOut(limitMs: number): { readonly ok: false; readonly errorMessage: string } {
  return { ok: false, errorMessage: `Function execution timed out (maximum duration: ${limitMs / 1000}s)` }
}
