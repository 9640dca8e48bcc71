import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { AuthProvider } from '../runtime/engine.ts'
import { createTestIssuer } from './test-issuer.ts'
import { createTokenVerifier } from './token-verifier.ts'

const issuer = await createTestIssuer()
const stranger = await createTestIssuer()

function verifier(...providers: AuthProvider[]) {
  const logged: string[] = []
  return { logged, verify: createTokenVerifier({ providers: async () => providers, log: (line) => logged.push(line) }) }
}

const now = () => Math.floor(Date.now() / 1000)

test('a good token becomes an identity, its claims under the names of Convex', async () => {
  const { verify } = verifier(issuer.provider)
  const claims = { given_name: 'Ada', email_verified: true, updated_at: 17, nested: { role: 'admin' } }
  const caller = await verify(await issuer.token(claims))
  expect(caller.identity).toEqual({
    tokenIdentifier: 'https://issuer.test|ada',
    issuer: 'https://issuer.test',
    subject: 'ada',
    givenName: 'Ada',
    emailVerified: true,
    updatedAt: '17',
    nested: { role: 'admin' },
  })
  expect(caller).toMatchObject({ admin: false, expiresAt: expect.any(Number) })
})

describe('a token is refused', () => {
  const cases: Record<string, [() => Promise<string>, RegExp]> = {
    'that is none': [async () => 'nonsense', /parse the token/],
    'of another issuer': [() => issuer.token({ iss: 'https://other.test' }), /No auth provider/],
    'without an issuer': [() => issuer.token({ iss: undefined }), /No auth provider/],
    'for another audience': [() => issuer.token({ aud: 'elsewhere' }), /No auth provider/],
    'without an audience': [() => issuer.token({ aud: undefined }), /No auth provider/],
    'signed by another key': [() => stranger.token(), /signature/],
    'that names no key': [() => issuer.token({}, { kid: undefined }), /kid/],
    'that names an unknown key': [() => issuer.token({}, { kid: 'key-2' }), /no applicable key/],
    'without a subject': [() => issuer.token({ sub: undefined }), /sub/],
    'without an expiry': [() => issuer.token({ exp: undefined }), /exp/],
    'that expired a minute ago': [() => issuer.token({ exp: now() - 60 }), /expired/],
    'not valid before tomorrow': [() => issuer.token({ nbf: now() + 86_400 }), /nbf/],
    'whose signature was cut off': [async () => (await issuer.token()).replace(/\.[^.]*$/, '.'), /signature/],
  }
  test.each(Object.entries(cases))('%s', async (_name, [token, reason]) => {
    await expect(verifier(issuer.provider).verify(await token())).rejects.toThrow(reason)
  })

  test('that says it needs no signature', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = part({ iss: 'https://issuer.test', aud: 'app', sub: 'ada', exp: now() + 60 })
    const token = `${part({ alg: 'none', kid: 'key-1' })}.${claims}.`
    await expect(verifier(issuer.provider).verify(token)).rejects.toThrow(/alg/)
  })
})

test('clocks may differ by a few seconds', async () => {
  const { verify } = verifier(issuer.provider)
  expect(await verify(await issuer.token({ exp: now() - 3 }))).toMatchObject({ identity: { subject: 'ada' } })
  expect(await verify(await issuer.token({ nbf: now() + 3 }))).toMatchObject({ identity: { subject: 'ada' } })
})

test('a provider without an application id takes any audience', async () => {
  const { applicationID: _, ...provider } = issuer.provider
  const caller = await verifier(provider).verify(await issuer.token({ aud: 'anything' }))
  expect(caller.identity?.subject).toBe('ada')
})

test('a JWKS data URI may be percent-encoded', async () => {
  const jwks = `data:text/plain;charset=utf-8,${encodeURIComponent(issuer.jwks)}`
  const caller = await verifier({ ...issuer.provider, jwks }).verify(await issuer.token())
  expect(caller.identity?.subject).toBe('ada')
})

test('a broken provider does not stop the others, and is logged', async () => {
  const broken = { ...issuer.provider, jwks: 'data:application/json,{' }
  const unreachable = { ...issuer.provider, jwks: 'http://127.0.0.1:1/jwks.json' }
  const { verify, logged } = verifier(broken, unreachable, issuer.provider)
  await verify(await issuer.token())
  expect(logged).toHaveLength(2)
  await expect(verifier(broken).verify(await issuer.token())).rejects.toThrow('keys could not be read')
})

test('OpenID providers are discovered, their keys kept, a new key fetched', async () => {
  const requests: string[] = []
  let oidc = issuer
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    const isDiscovery = request.url === '/.well-known/openid-configuration'
    response.end(isDiscovery ? JSON.stringify({ issuer: address, jwks_uri: `${address}/jwks` }) : oidc.jwks)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    oidc = await createTestIssuer(address, 'RS256')
    const { verify } = verifier({ type: 'oidc', domain: address, applicationID: 'app' })
    expect((await verify(await oidc.token())).identity?.issuer).toBe(address)
    await verify(await oidc.token({ sub: 'grace' }))
    expect(requests).toEqual(['/.well-known/openid-configuration', '/jwks'])
  } finally {
    server.close()
  }
})
