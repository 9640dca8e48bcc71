import { ConvexClient, type ConvexClientOptions } from 'convex/browser'
import { WebSocket } from 'ws'

/** A Convex client for Node. `origin` is what its socket says it comes from: an engine with a guard asks for it. */
export function nodeClient(
  url: string,
  origin?: string,
  options: Pick<ConvexClientOptions, 'logger'> = {},
): ConvexClient {
  class FromOrigin extends WebSocket {
    constructor(address: string | URL) {
      super(address, origin === undefined ? {} : { origin })
    }
  }
  return new ConvexClient(url, {
    ...options,
    // @ts-expect-error ws implements all that the client uses of WebSocket, and lacks the DOM's event types
    webSocketConstructor: FromOrigin,
    unsavedChangesWarning: false,
  })
}
