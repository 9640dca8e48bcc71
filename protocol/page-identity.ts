/** What one page is called: `identity` tells pages apart and is never sent to a model, `address` may be. */
export interface PageIdentity {
  /** Without tracking and credential-like parameters, and without a fragment that is no route. */
  readonly identity: string
  /** Origin and path only. */
  readonly address: string
  readonly host: string
}

const tracking =
  /^(utm_.*|mtm_.*|pk_(campaign|kwd|source|medium|content)|hsa_.*|_hs(enc|mi)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|li_fat_id|igsh(id)?|yclid|ysclid|mc_[ce]id|mkt_tok|oly_(anon|enc)_id|vero_id|wickedid|srsltid|spm|scm|_ga|_gl|ref_src|ref_url|cmpid|s_cid)$/i

/** Names that carry who someone is, also as one word of a longer name (`access_token`, `X-Amz-Signature`). */
const credential =
  /(^|[-_.])(token|auth|authorization|secret|password|passwd|pwd|session|sessionid|sid|jsessionid|phpsessid|apikey|key|sig|signature|signed|credential|credentials|nonce|otp|ticket|jwt|samlresponse|samlrequest|email|hmac)$|token$|secret$|password$|signature$|apikey$|sessionid$/i

/**
 * Throws `TypeError` when `url` is not a URL. The order of parameters is kept: a server may read it.
 */
export function pageIdentity(url: string): PageIdentity {
  // By hand: the setters of `username` and `password` are not implemented in Convex's runtime.
  const bare = new URL(url).href.replace(/^([^:/?#]+:\/\/)[^/?#]*@/, '$1')
  const parsed = new URL(bare.replace(/^[^?#]*/, withoutPathParameters))
  // Rebuilt only when something is dropped, so that an address keeps the escapes its server wrote.
  const query = withoutPrivate(parsed.search.slice(1))
  if (query !== parsed.search.slice(1) || query === '') parsed.search = query
  parsed.hash = isRoute(parsed.hash) ? routeHash(parsed.hash) : ''
  const origin = parsed.origin === 'null' ? `${parsed.protocol}//${parsed.host}` : parsed.origin
  return { identity: parsed.href, address: `${origin}${parsed.pathname}`, host: parsed.host }
}

/** `code` alone may name a product; together with `state` it is the answer of a sign-in. */
function withoutPrivate(query: string): string {
  const pairs = query.split('&')
  const names = pairs.map(parameterName)
  const signIn = names.includes('code') && names.includes('state')
  return pairs
    .filter((_, index) => {
      const name = names[index] ?? ''
      return !tracking.test(name) && !isCredential(name) && !(signIn && (name === 'code' || name === 'state'))
    })
    .join('&')
}

/** A capital begins a word: `sessionKey` is a key, `monkey` is none. */
function isCredential(name: string): boolean {
  return credential.test(name) || credential.test(name.replace(/([a-z\d])([A-Z])/g, '$1-$2'))
}

/** Servers of Java put a session into the path: `/shop;jsessionid=1A2B`. */
function withoutPathParameters(path: string): string {
  return path.replace(/;([^;/=]+)=[^;/]*/g, (parameter, name: string) => (isCredential(name) ? '' : parameter))
}

function parameterName(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? ''
}

/** `#/inbox/3` and `#!/item` name a page; `#section-2` names a place on one. */
function isRoute(hash: string): boolean {
  return hash.startsWith('#/') || hash.startsWith('#!')
}

function routeHash(hash: string): string {
  const at = hash.search(/[?&]/)
  if (at < 0) return hash
  const kept = withoutPrivate(hash.slice(at + 1))
  return kept === '' ? hash.slice(0, at) : `${hash.slice(0, at + 1)}${kept}`
}
