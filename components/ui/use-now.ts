import { useSyncExternalStore } from 'react'

const SECOND_MS = 1_000

const thisSecond = (): number => Math.floor(Date.now() / SECOND_MS) * SECOND_MS

function everySecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, SECOND_MS)
  return () => clearInterval(timer)
}

const never = (): (() => void) => () => undefined

/** The present time to the second, moving while something counts it. */
export function useNow(counting: boolean): number {
  return useSyncExternalStore(counting ? everySecond : never, thisSecond)
}
