import { randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { z } from 'zod'
import type { StateFolder } from './state-folder.ts'

const privateKey = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
})

const pairingSchema = z.object({
  /** 256 bits, base64url. Whoever holds it can sign in. */
  secret: z.string().regex(/^[\w-]{43}$/),
  /** Private ES256 key that signs the local tokens. */
  signingKey: privateKey,
})

export type Pairing = z.infer<typeof pairingSchema>

/** The pairing of this folder, made at the first start and kept: the same person owns the conversations next time. */
export async function keepPairing(folder: StateFolder): Promise<Pairing> {
  const kept = pairingSchema.safeParse(await folder.readJson('pairing.json'))
  if (kept.success) return kept.data
  const pairing = pairingSchema.parse({ secret: randomBytes(32).toString('base64url'), signingKey: await makeKey() })
  await folder.writeJson('pairing.json', pairing)
  return pairing
}

async function makeKey(): Promise<JWK> {
  const { privateKey: key } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(key)), kid: randomUUID(), alg: 'ES256' }
}

/** What a verifier may know of the signing key. */
export function publicKey({ signingKey: { kty, crv, x, y, kid } }: Pairing): JWK {
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }
}
