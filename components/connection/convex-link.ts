import { ConvexReactClient } from 'convex/react'
import type { LocalConfig } from './local-config.ts'
import { requestToken } from './local-token.ts'
import { pause } from './pause.ts'
import type { Link } from './supervise-connection.ts'

const TOKEN_RETRY_MS = 500

export interface ConvexLink extends Link {
  readonly client: ConvexReactClient
}

/** One Convex client for one address and secret, signed in by the pairing. */
export function createConvexLink(config: LocalConfig): ConvexLink {
  const life = new AbortController()
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  let authenticated = false
  let refused = false

  const client = new ConvexReactClient(config.url, {
    unsavedChangesWarning: false,
    // A second Authenticate would make the backend run every query again.
    initialAuthTokenReuse: true,
  })
  const stopWatching = client.subscribeToConnectionState(changed)

  // Keeps trying: a client that is told there is no token signs out for good, and an engine that restarts has none yet.
  const fetchToken = async (): Promise<string | null> => {
    while (!life.signal.aborted) {
      const answer = await requestToken(config, life.signal)
      refused = answer.name === 'refused'
      if (answer.name === 'granted') return answer.token
      changed()
      await pause(TOKEN_RETRY_MS, life.signal)
    }
    return null
  }
  client.setAuth(
    async () => {
      try {
        return await fetchToken()
      } catch (error) {
        if (life.signal.aborted) return null
        throw error
      }
    },
    (confirmed) => {
      authenticated = confirmed
      changed()
    },
  )

  return {
    client,
    isUp: () => authenticated && client.connectionState().isWebSocketConnected,
    isRefused: () => refused,
    // What the client listens to in order to skip its backoff (convex/src/browser/sync/web_socket_manager.ts).
    reconnect: () => window.dispatchEvent(new Event('online')),
    onChange: (callback) => {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
    close: () => {
      life.abort()
      stopWatching()
      void client.close()
    },
  }
}
