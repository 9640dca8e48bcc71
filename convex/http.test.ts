import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { type Backend, createBackend } from './backend.fixture.ts'

const secret = 'a-pairing-secret-of-forty-three-characters.'
const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
const privateKey = { ...(await crypto.subtle.exportKey('jwk', keys.privateKey)), kid: 'local-1' }

/** A local backend: tokens are dated by the machine's clock. */
const open = async () =>
  await createBackend({
    live: true,
    env: {
      LOCAL_PAIRING_SECRET: secret,
      LOCAL_SIGNING_KEY: JSON.stringify(privateKey),
      LOCAL_ISSUER: 'https://gloss.test',
    },
  })

const post = async (backend: Backend, body: string, headers: Record<string, string> = {}) =>
  await backend.fetch('/local/token', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  })

it('says that it is there', async () => {
  const response = await (await open()).fetch('/healthz')
  expect([response.status, await response.text()]).toEqual([200, 'ok'])
})

describe('POST /local/token', () => {
  it('trades the secret for a token that the provider accepts', async () => {
    const response = await post(await open(), JSON.stringify({ secret }))
    expect(response.status).toBe(200)
    const { token, expiresAt } = await response.json()
    const { payload, protectedHeader } = await jwtVerify(token, keys.publicKey, {
      issuer: 'https://gloss.test',
      audience: 'gloss',
    })
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: 'local-1' })
    expect(payload.sub).toBe('local')
    expect(expiresAt).toBe((payload.exp ?? 0) * 1000)
    expect(expiresAt - Date.now()).toBeGreaterThan(59 * 60_000)
  })

  it.each([
    ['a wrong secret', JSON.stringify({ secret: `${secret}x` })],
    ['an empty one', JSON.stringify({ secret: '' })],
    ['none', '{}'],
    ['no object', 'null'],
    ['no JSON', 'secret'],
    ['another type', JSON.stringify({ secret: [secret] })],
    ['a long body', JSON.stringify({ secret: 'x'.repeat(5000) })],
  ])('refuses %s', async (_name, body) => {
    const response = await post(await open(), body)
    expect([response.status, await response.json()]).toEqual([403, { code: 'not_signed_in' }])
  })

  it('limits guesses, but never the right secret', async () => {
    const backend = await open()
    const statuses: number[] = []
    for (let count = 0; count < 12; count++) statuses.push((await post(backend, '{}')).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
    expect((await post(backend, JSON.stringify({ secret }))).status).toBe(200)
  })

  it.each([
    ['chrome-extension://abcdefghijklmnop', true],
    ['moz-extension://0a1b-2c3d', true],
    ['https://example.com', false],
    ['null', false],
    ['chrome-extension://abc.example.com', false],
  ])('lets %s read the answer: %s', async (origin, allowed) => {
    const response = await post(await open(), JSON.stringify({ secret }), { Origin: origin })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(allowed ? origin : null)
  })
})
