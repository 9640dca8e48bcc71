import { useConvex } from 'convex/react'
import { createContext, useContext, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../convex/_generated/api.js'
import { convexAskBackend } from './ask-backend.ts'
import { AskingDesk } from './asking-desk.ts'
import type { PanelParts } from './asking-desk.ts'

interface PanelValue extends PanelParts {
  readonly desk: AskingDesk
}

const PanelContext = createContext<PanelValue | undefined>(undefined)

export function usePanel(): PanelValue {
  const value = useContext(PanelContext)
  if (!value) throw new Error('usePanel is for components inside PanelProvider')
  return value
}

/** Gives its children the panel's stores and a desk on the present backend. A new backend takes over what is unsent. */
export function PanelProvider({ parts, children }: { readonly parts: PanelParts; readonly children: ReactNode }) {
  const client = useConvex()
  const [desk, setDesk] = useState<AskingDesk>()

  useEffect(() => {
    const life = new AbortController()
    const next = new AskingDesk(
      parts,
      {
        ...convexAskBackend(client),
        stop: async (messageId) => await client.mutation(api.messages.stop, { messageId }),
      },
      life.signal,
    )
    setDesk(next)
    void next.start()
    return () => life.abort()
  }, [client, parts])

  return desk ? <PanelContext value={{ ...parts, desk }}>{children}</PanelContext> : null
}
