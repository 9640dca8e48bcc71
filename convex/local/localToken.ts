import { importJWK, type JWK, SignJWT } from 'jose'
import type { Environment } from '../ai/models.ts'

const LIFE_MS = 60 * 60_000

export interface LocalToken {
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A token for the one person of a local backend, as the customJwt provider in `AUTH_PROVIDERS` checks it. */
export async function createLocalToken(env: Environment): Promise<LocalToken> {
  const jwk = readKey(env['LOCAL_SIGNING_KEY'])
  const issuer = env['LOCAL_ISSUER']
  if (!jwk.kid || !issuer) throw new Error('LOCAL_SIGNING_KEY needs a kid, and LOCAL_ISSUER must be set')
  const now = Math.floor(Date.now() / 1000)
  const expires = now + LIFE_MS / 1000
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience('gloss')
    .setSubject('local')
    .setIssuedAt(now)
    .setExpirationTime(expires)
    .sign(await importJWK(jwk, 'ES256'))
  return { token, expiresAt: expires * 1000 }
}

function readKey(json: string | undefined): JWK {
  const key: unknown = JSON.parse(json ?? 'null')
  if (key === null || typeof key !== 'object') throw new Error('LOCAL_SIGNING_KEY is not a JWK')
  return key
}
