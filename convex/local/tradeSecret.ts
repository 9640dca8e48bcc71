import type { ErrorCode } from '../../protocol/errors.ts'
import { internal } from '../_generated/api.js'
import type { ActionCtx } from '../_generated/server.js'
import type { Environment } from '../ai/models.ts'
import { createLocalToken } from './localToken.ts'
import { sameSecret } from './sameSecret.ts'

/** A body longer than this cannot hold a secret of ours. */
const BODY_LENGTH = 1000

/** `POST /local/token {"secret"}` → 200 `{token, expiresAt}`, else 403 or, after ten wrong ones in a minute, 429. */
export async function tradeSecret(ctx: ActionCtx, request: Request, env: Environment): Promise<Response> {
  const right = env['LOCAL_PAIRING_SECRET']
  if (!right) return new Response(null, { status: 404 })
  const given = await readSecret(request)
  // The right secret is never made to wait: a stranger's guesses must not lock the owner out, and 256 bits hold.
  if (given !== null && (await sameSecret(given, right))) return json(request, 200, await createLocalToken(env))
  const tolerated = await ctx.runMutation(internal.pairing.recordFailure, {})
  return tolerated ? refuse(request, 403, 'not_signed_in') : refuse(request, 429, 'rate_limited')
}

export function pairingPreflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(request),
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'Content-Type, Convex-Client',
      'Access-Control-Max-Age': '600',
    },
  })
}

async function readSecret(request: Request): Promise<string | null> {
  const body = await request.text()
  if (body.length > BODY_LENGTH) return null
  try {
    const value: unknown = JSON.parse(body)
    return value !== null && typeof value === 'object' && 'secret' in value && typeof value.secret === 'string'
      ? value.secret
      : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function refuse(request: Request, status: number, code: ErrorCode): Response {
  return json(request, status, { code })
}

function json(request: Request, status: number, body: object): Response {
  return Response.json(body, {
    status,
    headers: { ...corsHeaders(request), 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
  })
}

/** Extension pages only. Which of them is for the secret to say: an origin is no proof outside a browser. */
function corsHeaders(request: Request): Record<string, string> {
  const origin = request.headers.get('Origin')
  return origin && /^(chrome|moz)-extension:\/\/[\w-]+$/.test(origin)
    ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
    : { Vary: 'Origin' }
}
