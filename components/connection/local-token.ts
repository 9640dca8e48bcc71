import { z } from '../../protocol/quiet-zod.ts'
import type { LocalConfig } from './local-config.ts'

const granted = z.object({ token: z.string() })

export type TokenAnswer =
  | { readonly name: 'granted'; readonly token: string }
  | { readonly name: 'refused' | 'unreachable' }

/** Trades the pairing secret for a short token. */
export async function requestToken({ siteUrl, secret }: LocalConfig, signal: AbortSignal): Promise<TokenAnswer> {
  try {
    const response = await fetch(new URL('/local/token', siteUrl), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret }),
      signal,
    })
    const body = response.ok ? granted.safeParse(await response.json()) : undefined
    return body?.success ? { name: 'granted', token: body.data.token } : { name: 'refused' }
  } catch (error) {
    if (signal.aborted || !(error instanceof TypeError || error instanceof SyntaxError)) throw error
    return { name: 'unreachable' }
  }
}
