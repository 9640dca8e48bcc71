import { useConvex } from 'convex/react'
import { createContext, useContext, useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../convex/_generated/api.js'
import { convexAskBackend } from './ask-backend.ts'
import { AskingDesk } from './asking-desk.ts'
import type { PanelParts } from './asking-desk.ts'

export interface PanelValue extends PanelParts {
  readonly desk: AskingDesk
}

/** Apart from `PanelProvider` only for tests, which have a desk of their own. */
export const PanelContext = createContext<PanelValue | undefined>(undefined)

export function usePanel(): PanelValue {
  const value = useContext(PanelContext)
  if (!value) throw new Error('usePanel is for components inside PanelProvider')
  return value
}

/** Gives its children the panel's stores and a desk on the present backend. A new backend takes over what is unsent. */
export function PanelProvider({ parts, children }: { readonly parts: PanelParts; readonly children: ReactNode }) {
  const client = useConvex()
  const desk = useMemo(
    () =>
      new AskingDesk(parts, {
        ...convexAskBackend(client),
        stop: async (messageId) => await client.mutation(api.messages.stop, { messageId }),
      }),
    [client, parts],
  )
  const value = useMemo(() => ({ ...parts, desk }), [parts, desk])

  useEffect(() => {
    const life = new AbortController()
    void desk.start(life.signal)
    return () => life.abort()
  }, [desk])

  return <PanelContext value={value}>{children}</PanelContext>
}
