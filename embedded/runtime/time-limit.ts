import { clearTimeout, setTimeout } from './real-timers.ts'

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

export function timedOut(limitMs: number): { readonly ok: false; readonly errorMessage: string } {
  return { ok: false, errorMessage: `Function execution timed out (maximum duration: ${limitMs / 1000}s)` }
}
