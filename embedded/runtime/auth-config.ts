import { isJsonObject } from '../values/json-object.ts'
import type { AuthProvider } from './engine.ts'

/** The providers of `auth.config.ts`. One that cannot be read is logged and left out; the others stay. */
export function readAuthProviders(
  module: Readonly<Record<string, unknown>> | undefined,
  log: (line: string) => void,
): AuthProvider[] {
  const config = module?.['default']
  if (!isJsonObject(config) || !Array.isArray(config['providers'])) return []
  return config['providers'].flatMap((provider: unknown) => {
    const read = toProvider(provider)
    if (read === null) log(`auth.config: a provider cannot be read and is left out: ${JSON.stringify(provider)}`)
    return read === null ? [] : [read]
  })
}

function toProvider(provider: unknown): AuthProvider | null {
  if (!isJsonObject(provider)) return null
  const { type, domain, applicationID, issuer, jwks, algorithm } = provider
  if (type === 'customJwt') {
    if (typeof issuer !== 'string' || typeof jwks !== 'string') return null
    if (algorithm !== 'RS256' && algorithm !== 'ES256') return null
    return { type, issuer, jwks, algorithm, ...(typeof applicationID === 'string' && { applicationID }) }
  }
  if (typeof domain !== 'string' || typeof applicationID !== 'string') return null
  return { type: 'oidc', domain, applicationID }
}
