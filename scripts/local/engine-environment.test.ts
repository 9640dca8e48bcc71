import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { engineEnvironment } from './engine-environment.ts'
import { keepPairing } from './pairing.ts'
import { openStateFolder } from './state-folder.ts'

const pairing = await keepPairing(await openStateFolder(await mkdtemp(join(tmpdir(), 'gloss-environment-'))))

describe('engineEnvironment', () => {
  test('the provider holds the public key, and only that', () => {
    const { AUTH_PROVIDERS = '' } = engineEnvironment(pairing, {})
    const [provider] = JSON.parse(AUTH_PROVIDERS)
    const { keys } = JSON.parse(Buffer.from(provider.jwks.split(',')[1], 'base64').toString())
    expect(provider).toMatchObject({ type: 'customJwt', algorithm: 'ES256', applicationID: 'gloss' })
    expect(keys).toEqual([expect.objectContaining({ kid: pairing.signingKey.kid, crv: 'P-256' })])
    expect(AUTH_PROVIDERS + JSON.stringify(keys)).not.toContain(pairing.signingKey.d)
  })

  test("a model's settings are passed on when they are set, and nothing else of the outer environment is", () => {
    const outer = { LOCAL_MODEL_URL: 'http://127.0.0.1:11434/v1', LOCAL_MODEL_ID: '', HOME: '/somewhere' }
    const inner = engineEnvironment(pairing, outer)
    expect(inner).toMatchObject({ LOCAL_MODEL_URL: outer.LOCAL_MODEL_URL })
    expect(inner).not.toHaveProperty('LOCAL_MODEL_ID')
    expect(inner).not.toHaveProperty('HOME')
  })
})
