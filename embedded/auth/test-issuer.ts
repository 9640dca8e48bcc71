/** An issuer for tests: its keys, its provider entry, its tokens. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { AuthProvider } from '../runtime/engine.ts'

export interface TestIssuer {
  readonly provider: Extract<AuthProvider, { type: 'customJwt' }>
  readonly jwks: string
  /** A token of this issuer for an hour; claims and header can be bent. An undefined claim is left out. */
  token(claims?: Readonly<Record<string, unknown>>, header?: { readonly kid?: string | undefined }): Promise<string>
}

export async function createTestIssuer(
  issuer = 'https://issuer.test',
  algorithm: 'ES256' | 'RS256' | 'EdDSA' = 'ES256',
  keyId = 'key-1',
): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm)
  const jwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: algorithm, use: 'sig' }
  const jwks = JSON.stringify({ keys: [jwk] })
  return {
    jwks,
    provider: {
      type: 'customJwt',
      issuer,
      // A provider with a key set of its own cannot name the third; OpenID providers name none.
      algorithm: algorithm === 'EdDSA' ? 'ES256' : algorithm,
      applicationID: 'app',
      jwks: `data:application/json;base64,${Buffer.from(jwks).toString('base64')}`,
    },
    token(claims = {}, { kid } = { kid: keyId }) {
      const now = Math.floor(Date.now() / 1000)
      const payload = { iss: issuer, aud: 'app', sub: 'ada', iat: now, exp: now + 3600, ...claims }
      const header = { alg: algorithm, typ: 'JWT', ...(kid === undefined ? {} : { kid }) }
      return new SignJWT(JSON.parse(JSON.stringify(payload))).setProtectedHeader(header).sign(privateKey)
    },
  }
}
