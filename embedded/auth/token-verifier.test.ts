import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AuthProvider } from '../runtime/engine.ts'
import { createTestIssuer } from './test-issuer.ts'
import { createTokenVerifier } from './token-verifier.ts'

afterEach(() => void vi.useRealTimers())

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

test.each(['ES256', 'RS256'] as const)(
  'a provider with a key set of its own: %s, and no other algorithm',
  async (algorithm) => {
    const own = await createTestIssuer('https://own.test', algorithm)
    const other = await createTestIssuer('https://own.test', algorithm === 'ES256' ? 'RS256' : 'ES256')
    const { verify } = verifier({ ...own.provider, jwks: dataUri(own.jwks, other.jwks) })
    expect((await verify(await own.token())).identity?.subject).toBe('ada')
    await expect(verify(await other.token())).rejects.toThrow(/alg/)
  },
)

describe('an OpenID provider', () => {
  test.each(['RS256', 'EdDSA'] as const)('is discovered, its keys kept: %s', async (algorithm) => {
    await using web = await openIssuer(algorithm)
    const { verify } = verifier(web.provider)
    const tokens = await Promise.all(['ada', 'grace', 'edith'].map((sub) => web.issuer.token({ sub })))
    const callers = await Promise.all(tokens.map(verify))
    expect(callers.map(({ identity }) => identity?.tokenIdentifier)).toEqual([
      `${web.address}|ada`,
      `${web.address}|grace`,
      `${web.address}|edith`,
    ])
    expect(web.requests).toEqual(['/.well-known/openid-configuration', '/jwks'])
  })

  test('whose tokens are signed with ES256 is refused, as on Convex', async () => {
    await using web = await openIssuer('ES256')
    await expect(verifier(web.provider).verify(await web.issuer.token())).rejects.toThrow(/alg/)
  })

  test('that signs with a new key is asked for it, but not for every key that is made up', async () => {
    await using web = await openIssuer('RS256')
    const { verify } = verifier(web.provider)
    const asked = () => web.requests.filter((path) => path === '/jwks').length
    await verify(await web.issuer.token())
    await web.rotate('key-2')
    const madeUp = () => web.issuer.token({}, { kid: 'made-up' })
    for (let time = 0; time < 3; time++) await expect(verify(await madeUp())).rejects.toThrow(/no applicable key/)
    await expect(verify(await web.issuer.token())).rejects.toThrow(/no applicable key/)
    expect(asked()).toBe(1)
    later(31_000)
    await verify(await web.issuer.token())
    expect(asked()).toBe(2)
    for (let time = 0; time < 3; time++) await expect(verify(await madeUp())).rejects.toThrow(/no applicable key/)
    expect(asked()).toBe(2)
    later(31_000)
    await expect(verify(await madeUp())).rejects.toThrow(/no applicable key/)
    await verify(await web.issuer.token())
    expect(asked()).toBe(3)
  })

  test('whose discovery is of another issuer is not trusted', async () => {
    await using web = await openIssuer('RS256', { issuer: 'https://someone.test' })
    const { verify, logged } = verifier(web.provider)
    await expect(verify(await web.issuer.token())).rejects.toThrow('keys could not be read')
    expect(logged.join()).toContain('another issuer')
  })

  test('that fails is not asked for every token, does not stop the others, and is asked again later', async () => {
    await using web = await openIssuer('RS256', {}, 503)
    const { verify } = verifier(web.provider, issuer.provider)
    for (let time = 0; time < 3; time++) await expect(verify(await web.issuer.token())).rejects.toThrow('keys')
    expect((await verify(await issuer.token())).identity?.subject).toBe('ada')
    expect(web.requests).toHaveLength(1)
    web.answerWith(200)
    later(6_000)
    expect((await verify(await web.issuer.token())).identity?.issuer).toBe(web.address)
  })
})

test('a key set at an address is fetched once, and again for a new key', async () => {
  await using web = await openIssuer('RS256')
  const provider = { ...web.issuer.provider, jwks: `${web.address}/jwks` }
  const { verify } = verifier(provider)
  await verify(await web.issuer.token())
  await verify(await web.issuer.token())
  expect(web.requests).toEqual(['/jwks'])
  await web.rotate('key-2')
  later(31_000)
  await verify(await web.issuer.token())
  expect(web.requests).toEqual(['/jwks', '/jwks'])
})

function dataUri(...sets: string[]): string {
  const keys = sets.flatMap((set): unknown[] => JSON.parse(set).keys)
  return `data:application/json,${encodeURIComponent(JSON.stringify({ keys }))}`
}

/** Moves the clock of this process; sockets and timers go on by the real one. */
function later(milliseconds: number): void {
  const now = Date.now() + milliseconds
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(now)
}

/** An OpenID issuer on the web: its discovery document and its keys. */
async function openIssuer(algorithm: 'RS256' | 'ES256' | 'EdDSA', discovery: object = {}, status = 200) {
  const requests: string[] = []
  let keys = '{}'
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.statusCode = status
    const isDiscovery = request.url === '/.well-known/openid-configuration'
    response.end(isDiscovery ? JSON.stringify({ issuer: address, jwks_uri: `${address}/jwks`, ...discovery }) : keys)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const opened = {
    address,
    requests,
    provider: { type: 'oidc', domain: address, applicationID: 'app' } as const,
    issuer: await createTestIssuer(address, algorithm),
    async rotate(keyId: string) {
      opened.issuer = await createTestIssuer(address, algorithm, keyId)
      keys = opened.issuer.jwks
    },
    answerWith: (next: number) => void (status = next),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  keys = opened.issuer.jwks
  return opened
}
