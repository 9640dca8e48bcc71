import type { Agent } from 'node:http'
import { ConvexClient, type ConvexClientOptions } from 'convex/browser'
import { WebSocket } from 'ws'

interface NodeClientOptions extends Pick<ConvexClientOptions, 'logger'> {
  /** Makes its connections. */
  readonly agent?: Agent
  readonly headers?: Readonly<Record<string, string>>
}

/** A Convex client for Node. `origin` is what its socket says it comes from: an engine with a guard asks for it. */
export function nodeClient(
  url: string,
  origin?: string,
  { agent, headers = {}, ...options }: NodeClientOptions = {},
): ConvexClient {
  const socketOptions = {
    headers,
    ...(origin === undefined ? {} : { origin }),
    ...(agent === undefined ? {} : { agent }),
  }
  class FromOrigin extends WebSocket {
    constructor(address: string | URL) {
      super(address, socketOptions)
    }
  }
  return new ConvexClient(url, {
    ...options,
    // @ts-expect-error ws implements all that the client uses of WebSocket, and lacks the DOM's event types
    webSocketConstructor: FromOrigin,
    unsavedChangesWarning: false,
  })
}
