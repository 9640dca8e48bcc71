import { ConvexProvider } from 'convex/react'
import type { ConvexReactClient } from 'convex/react'
import { createContext, useContext, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { checkHealth } from './check-health.ts'
import { sameStatus } from './connection-status.ts'
import type { ConnectionStatus } from './connection-status.ts'
import { createConvexLink } from './convex-link.ts'
import { readLocalConfig } from './local-config.ts'
import { superviseConnection } from './supervise-connection.ts'

const StatusContext = createContext<ConnectionStatus>({ name: 'connecting' })

export function useConnectionStatus(): ConnectionStatus {
  return useContext(StatusContext)
}

/** Gives its children a Convex client; before the first one exists, shows `waiting` instead. */
export function ConnectionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const [client, setClient] = useState<ConvexReactClient>()
  const [status, setStatus] = useState<ConnectionStatus>({ name: 'connecting' })

  useEffect(() => {
    const life = new AbortController()
    void superviseConnection(
      {
        readConfig: readLocalConfig,
        checkHealth,
        open: (config) => {
          const link = createConvexLink(config)
          setClient(link.client)
          return link
        },
        report: (next) => setStatus((last) => (sameStatus(last, next) ? last : next)),
      },
      life.signal,
    )
    return () => life.abort()
  }, [])

  useEffect(() => {
    document.documentElement.dataset['connection'] = status.name
  }, [status.name])

  return (
    <StatusContext value={status}>
      {client ? <ConvexProvider client={client}>{children}</ConvexProvider> : waiting}
    </StatusContext>
  )
}
