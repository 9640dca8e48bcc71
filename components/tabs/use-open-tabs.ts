import { useCallback, useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { openTabs } from './open-tabs.ts'
import type { OpenTabs } from './open-tabs.ts'

/** The open tabs, as long as the list is shown; undefined until the browser has told. */
export function useOpenTabs(windowId: number): { tabs: OpenTabs | undefined; look: () => void } {
  const [tabs, setTabs] = useState<OpenTabs>()
  const look = useCallback(() => {
    const read = async (): Promise<void> => setTabs(await openTabs(windowId))
    void read()
  }, [windowId])
  useEffect(() => {
    const { onCreated, onUpdated, onRemoved } = browser.tabs
    look()
    for (const event of [onCreated, onUpdated, onRemoved]) event.addListener(look)
    return () => {
      for (const event of [onCreated, onUpdated, onRemoved]) event.removeListener(look)
    }
  }, [look])
  return { tabs, look }
}
