import { publicKey, type Pairing } from './pairing.ts'

/** `iss` and `aud` of the tokens that pairing gives out. The name is never looked up. */
export const LOCAL_ISSUER = 'https://gloss.local'
const LOCAL_AUDIENCE = 'gloss'

/** Settings of the person who starts it that reach the backend as they are. */
const PASSED_ON = [
  'AI_GATEWAY_API_KEY',
  'AI_GATEWAY_URL',
  'LOCAL_MODEL_URL',
  'LOCAL_MODEL_ID',
  'LOCAL_MODEL_KEY',
  'LOCAL_MODEL_CONTEXT',
  'GLOSS_DEFAULT_MODEL',
]

/**
 * The environment variables that the Convex functions see when Gloss runs on one machine, without an account.
 * The signing key's public half travels inside AUTH_PROVIDERS as a data URI, so that nothing is fetched to verify.
 */
export function engineEnvironment(pairing: Pairing, outer: NodeJS.ProcessEnv): Record<string, string> {
  const jwks = Buffer.from(JSON.stringify({ keys: [publicKey(pairing)] })).toString('base64')
  const provider = {
    type: 'customJwt',
    issuer: LOCAL_ISSUER,
    applicationID: LOCAL_AUDIENCE,
    algorithm: 'ES256',
    jwks: `data:application/json;base64,${jwks}`,
  }
  const passedOn = PASSED_ON.flatMap((name) => (outer[name] ? [[name, outer[name]] as const] : []))
  return {
    AUTH_PROVIDERS: JSON.stringify([provider]),
    LOCAL_PAIRING_SECRET: pairing.secret,
    LOCAL_SIGNING_KEY: JSON.stringify(pairing.signingKey),
    LOCAL_ISSUER,
    STREAM_CADENCE_MS: '100',
    ...Object.fromEntries(passedOn),
  }
}
