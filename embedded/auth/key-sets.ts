import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })
const discovery = z.object({ jwks_uri: z.url() })

const FETCH_TIMEOUT_MS = 5_000
/** A discovery document names an address that hardly ever changes. */
const DISCOVERY_MAX_AGE_MS = 60 * 60_000

function parseDataUri(uri: string): JSONWebKeySet {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(uri)
  if (match === null) throw new TypeError('The JWKS data URI has no data.')
  const [, base64, data = ''] = match
  const text = base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString('utf8')
  return keySet.parse(JSON.parse(text))
}

function open(jwks: string): JWTVerifyGetKey {
  if (jwks.startsWith('data:')) return createLocalJWKSet(parseDataUri(jwks))
  // jose keeps the keys, and fetches again (at most every 30 s) for a key id it does not know.
  return createRemoteJWKSet(new URL(jwks), { timeoutDuration: FETCH_TIMEOUT_MS })
}

/** Opened key sets, kept between tokens: by JWKS address or data URI, and by OpenID issuer. */
export class KeySets {
  readonly #byAddress = new Map<string, JWTVerifyGetKey>()
  readonly #discovered = new Map<string, { readonly jwks: string; readonly until: number }>()

  fromJwks(jwks: string): JWTVerifyGetKey {
    const known = this.#byAddress.get(jwks)
    if (known !== undefined) return known
    const opened = open(jwks)
    this.#byAddress.set(jwks, opened)
    return opened
  }

  /** By OpenID Connect discovery at the issuer. */
  async fromIssuer(issuer: string): Promise<JWTVerifyGetKey> {
    const known = this.#discovered.get(issuer)
    if (known !== undefined && known.until > Date.now()) return this.fromJwks(known.jwks)
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    if (!response.ok) throw new Error(`OpenID discovery answered ${response.status}.`)
    const { jwks_uri: jwks } = discovery.parse(await response.json())
    this.#discovered.set(issuer, { jwks, until: Date.now() + DISCOVERY_MAX_AGE_MS })
    return this.fromJwks(jwks)
  }
}
