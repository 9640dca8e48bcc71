/** Who may talk to a server on loopback. Pure: decides from two headers, before anything is routed. */

export interface GuardPolicy {
  /** Exact origins; null answers any origin, as Convex does. */
  readonly allowOrigins: readonly string[] | null
}

export type Verdict =
  | { readonly ok: true; readonly origin: string | null }
  | { readonly ok: false; readonly status: 403 | 421; readonly message: string }

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The Host check is what stops DNS rebinding: a page of `rebind.test` that points at 127.0.0.1 sends its own name and,
 * on a GET, no Origin at all. Browsers always send an Origin with a WebSocket, a POST and a preflight.
 */
export function guard(
  headers: { readonly host: readonly string[]; readonly origin: readonly string[] },
  port: number,
  policy: GuardPolicy,
): Verdict {
  const [host, ...moreHosts] = headers.host
  const allowed = LOOPBACK_NAMES.map((name) => `${name}:${port}`)
  if (host === undefined || moreHosts.length > 0 || !allowed.includes(host.toLowerCase())) {
    return { ok: false, status: 421, message: 'This server answers only to its loopback address.' }
  }
  const [origin, ...moreOrigins] = headers.origin
  if (origin === undefined) return { ok: true, origin: null }
  if (policy.allowOrigins === null) return { ok: true, origin }
  if (moreOrigins.length > 0 || !policy.allowOrigins.includes(origin)) {
    return { ok: false, status: 403, message: 'This origin may not use this server.' }
  }
  return { ok: true, origin }
}
