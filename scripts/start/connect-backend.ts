import { ConvexClient } from 'convex/browser'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { LocalConfig } from '../local/local-json.ts'

const granted = z.object({ token: z.string() })

/** A second client of the same conversations, signed in as the panel is, by the same pairing. */
export function connectBackend({ url, siteUrl, secret }: LocalConfig, origin: string): ConvexClient {
  class FromTheExtension extends WebSocket {
    constructor(address: string | URL) {
      super(address, { origin })
    }
  }
  const client = new ConvexClient(url, {
    // @ts-expect-error ws implements all that the client uses of WebSocket, and lacks the DOM's event types
    webSocketConstructor: FromTheExtension,
    unsavedChangesWarning: false,
  })
  client.setAuth(async () => {
    const response = await fetch(new URL('/local/token', siteUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ secret }),
    })
    return response.ok ? granted.parse(await response.json()).token : null
  })
  return client
}
