import type { ConvexClient } from 'convex/browser'
import { z } from 'zod'
import type { LocalConfig } from '../local/local-json.ts'
import { nodeClient } from '../local/node-client.ts'

const granted = z.object({ token: z.string() })

/** A second client of the same conversations, signed in as the panel is, by the same pairing. */
export function connectBackend(
  { url, siteUrl, secret }: LocalConfig,
  origin: string,
  headers?: Readonly<Record<string, string>>,
): ConvexClient {
  const client = nodeClient(url, origin, headers && { headers })
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
