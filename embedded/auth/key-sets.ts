import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { sameIssuer } from './same-issuer.ts'

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })

const FETCH_TIMEOUT_MS = 5_000
/** A discovery document names an address that hardly ever changes. */
const DISCOVERY_MAX_AGE_MS = 60 * 60_000
/** Tokens may come by the hundred: an issuer that does not answer is asked again after this long. */
const RETRY_AFTER_MS = 5_000
/** How long keys are kept, and how often they may be fetched anew for the sake of a key id that is not among them. */
const KEYS_MAX_AGE_MS = 10 * 60_000
const UNKNOWN_KEY_COOLDOWN_MS = 30_000

function parseDataUri(uri: string): JSONWebKeySet {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(uri)
  if (match === null) throw new TypeError('The JWKS data URI has no data.')
  const [, base64, data = ''] = match
  const text = base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString('utf8')
  return keySet.parse(JSON.parse(text))
}

function open(jwks: string): JWTVerifyGetKey {
  if (jwks.startsWith('data:')) return createLocalJWKSet(parseDataUri(jwks))
  return createRemoteJWKSet(new URL(jwks), {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: UNKNOWN_KEY_COOLDOWN_MS,
  })
}

/** The address of an issuer's keys, by OpenID Connect discovery. */
async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`OpenID discovery answered ${response.status}.`)
  const document = discovery.parse(await response.json())
  if (!sameIssuer(document.issuer, issuer)) throw new Error('OpenID discovery is of another issuer.')
  return document.jwks_uri
}

/** Opened key sets, kept between tokens: by JWKS address or data URI, and by OpenID issuer. */
export class KeySets {
  readonly #byAddress = new Map<string, JWTVerifyGetKey>()
  readonly #discovered = new Map<string, { readonly jwks: Promise<string>; until: number }>()

  fromJwks(jwks: string): JWTVerifyGetKey {
    const known = this.#byAddress.get(jwks)
    if (known !== undefined) return known
    const opened = open(jwks)
    this.#byAddress.set(jwks, opened)
    return opened
  }

  /** By OpenID Connect discovery at the issuer; those who ask at the same time share one answer. */
  async fromIssuer(issuer: string): Promise<JWTVerifyGetKey> {
    let known = this.#discovered.get(issuer)
    if (known === undefined || known.until <= Date.now()) {
      const asked = { jwks: discover(issuer), until: Date.now() + DISCOVERY_MAX_AGE_MS }
      asked.jwks.catch(() => (asked.until = Date.now() + RETRY_AFTER_MS))
      this.#discovered.set(issuer, asked)
      known = asked
    }
    return this.fromJwks(await known.jwks)
  }
}
