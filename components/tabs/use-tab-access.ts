import { useEffect, useState } from 'react'
import type { NamedTab } from '../../protocol/intent.ts'
import { needsHost, watchPermissions } from './tab-access.ts'

/** Those of the named tabs whose host has to be allowed before they can be read. Looks again when that changes. */
export function useTabAccess(tabs: readonly NamedTab[]): readonly NamedTab[] {
  const [missing, setMissing] = useState<readonly NamedTab[]>([])
  useEffect(() => {
    const life = new AbortController()
    const look = async (): Promise<void> => {
      const needed = await Promise.all(tabs.map(needsHost))
      if (!life.signal.aborted) setMissing(tabs.filter((_tab, at) => needed[at]))
    }
    watchPermissions(() => void look(), life.signal)
    void look()
    return () => life.abort()
  }, [tabs])
  return missing.filter((tab) => tabs.includes(tab))
}
