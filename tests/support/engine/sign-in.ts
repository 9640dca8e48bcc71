import { ConvexHttpClient } from 'convex/browser'
import { z } from 'zod'
import type { LocalConfig } from '../../../scripts/local/local-json.ts'

const granted = z.object({ token: z.string() })

/** A client without a socket, signed in by the pairing: it asks at once, whatever happened to the engine before. */
export async function signIn({ url, siteUrl, secret }: LocalConfig): Promise<ConvexHttpClient> {
  const response = await fetch(new URL('/local/token', siteUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  })
  const { token } = granted.parse(await response.json())
  return new ConvexHttpClient(url, { auth: token, logger: false })
}
