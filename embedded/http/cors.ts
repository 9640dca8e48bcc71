import type { GuardPolicy } from './guard.ts'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const PREFLIGHT_MAX_AGE_S = 600

/** The CORS headers of a response to a request from `origin` that passed the guard. */
export function corsHeaders(origin: string | null, policy: GuardPolicy): Record<string, string> {
  if (policy.allowOrigins === null) return { 'access-control-allow-origin': '*' }
  const vary = { vary: 'Origin' }
  return origin === null ? vary : { ...vary, 'access-control-allow-origin': origin }
}

/** The answer to a preflight: any method, and the headers that were asked for. */
export function preflightHeaders(
  origin: string | null,
  policy: GuardPolicy,
  requested: string | undefined,
): Record<string, string> {
  return {
    ...corsHeaders(origin, policy),
    'access-control-allow-methods': METHODS,
    // `*` would not cover Authorization. What is echoed is a list of header names and nothing else.
    ...(requested !== undefined && /^[\w\-, ]+$/.test(requested) ? { 'access-control-allow-headers': requested } : {}),
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_S),
  }
}
