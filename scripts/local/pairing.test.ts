import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { keepPairing, publicKey } from './pairing.ts'
import { openStateFolder } from './state-folder.ts'

const newFolder = async () => openStateFolder(await mkdtemp(join(tmpdir(), 'gloss-pairing-')))

describe('pairing', () => {
  test('is kept, and its secret has 256 bits', async () => {
    const folder = await newFolder()
    const pairing = await keepPairing(folder)
    expect(Buffer.from(pairing.secret, 'base64url')).toHaveLength(32)
    expect(await keepPairing(folder)).toEqual(pairing)
  })

  test('two folders have nothing in common', async () => {
    const [one, other] = [await keepPairing(await newFolder()), await keepPairing(await newFolder())]
    expect(one.secret).not.toBe(other.secret)
    expect(one.signingKey.d).not.toBe(other.signingKey.d)
  })

  test('what the private key signs, the public key verifies, and it holds nothing private', async () => {
    const pairing = await keepPairing(await newFolder())
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: pairing.signingKey.kid })
      .sign(await importJWK(pairing.signingKey, 'ES256'))
    await expect(jwtVerify(token, await importJWK(publicKey(pairing), 'ES256'))).resolves.toBeDefined()
    expect(publicKey(pairing)).not.toHaveProperty('d')
  })
})
