import { useEffect, useState } from 'react'

const SECOND_MS = 1_000

/** The present time, every second while something counts it. */
export function useNow(counting: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!counting) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [counting])
  return now
}
