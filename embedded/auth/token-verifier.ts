import type { JSONValue } from 'convex/values'
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose'
import type { AuthProvider } from '../runtime/engine.ts'
import { CLOCK_TOLERANCE_S, CredentialsError, type Caller } from './caller.ts'
import { identityFromClaims } from './identity.ts'
import { KeySets } from './key-sets.ts'
import { sameIssuer } from './same-issuer.ts'

export interface TokenVerifierOptions {
  readonly providers: () => Promise<readonly AuthProvider[]>
  readonly log: (line: string) => void
}

export type TokenVerifier = (token: string) => Promise<Caller>

function withScheme(domain: string): string {
  return /^https?:\/\//.test(domain) ? domain : `https://${domain}`
}

function matches(provider: AuthProvider, claims: JWTPayload): boolean {
  const { iss } = claims
  if (iss === undefined) return false
  const issuer = provider.type === 'customJwt' ? provider.issuer : withScheme(provider.domain)
  if (!sameIssuer(provider.type === 'customJwt' ? iss : withScheme(iss), issuer)) return false
  if (provider.applicationID === undefined) return true
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : (claims.aud ?? [])
  return audiences.includes(provider.applicationID)
}

async function verifyWith(provider: AuthProvider, token: string, keySets: KeySets): Promise<Caller> {
  const custom = provider.type === 'customJwt'
  const keys = custom ? keySets.fromJwks(provider.jwks) : await keySets.fromIssuer(withScheme(provider.domain))
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: custom ? [provider.algorithm] : ['RS256', 'EdDSA'],
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['iss', 'sub', 'exp'],
    ...(provider.applicationID === undefined ? {} : { audience: provider.applicationID }),
  })
  if (custom && protectedHeader.kid === undefined) throw new CredentialsError('The token names no key (`kid`).')
  const { iss, sub, exp } = payload
  if (iss === undefined || sub === undefined || exp === undefined) {
    throw new CredentialsError('The token lacks an issuer, a subject or an expiry.')
  }
  const claims: Record<string, JSONValue> = JSON.parse(JSON.stringify(payload))
  return { identity: identityFromClaims(iss, sub, claims), admin: false, expiresAt: exp * 1000 }
}

function explain(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired'
  if (error instanceof errors.JOSEError || error instanceof CredentialsError) return error.message
  return 'its keys could not be read'
}

/**
 * Verifies tokens against the app's providers. A provider that is broken or unreachable is logged and passed over.
 * Throws a `CredentialsError` when no provider vouches for the token.
 */
export function createTokenVerifier({ providers, log }: TokenVerifierOptions): TokenVerifier {
  const keySets = new KeySets()

  return async (token) => {
    let claims: JWTPayload
    try {
      claims = decodeJwt(token)
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new CredentialsError('Could not parse the token as a JWT.')
      throw error
    }
    const candidates = (await providers()).filter((provider) => matches(provider, claims))
    if (candidates.length === 0) {
      throw new CredentialsError(
        `No auth provider found matching the given token: check that auth.config.ts has one with issuer ${JSON.stringify(claims.iss ?? null)} and this audience.`,
      )
    }
    const reasons: string[] = []
    for (const provider of candidates) {
      try {
        return await verifyWith(provider, token, keySets)
      } catch (error) {
        reasons.push(explain(error))
        if (!(error instanceof errors.JOSEError || error instanceof CredentialsError)) {
          log(
            `auth: a provider of auth.config.ts could not be used: ${error instanceof Error ? error.message : 'unknown'}`,
          )
        }
      }
    }
    throw new CredentialsError(`Could not verify the token: ${reasons.join('; ')}.`)
  }
}
