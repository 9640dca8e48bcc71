import { importJWK, SignJWT } from 'jose'
import { LOCAL_ISSUER } from '../../../scripts/local/engine-environment.ts'
import type { Pairing } from '../../../scripts/local/pairing.ts'

/** What pairing gives the one person of a machine, for any person. */
export async function signToken({ signingKey }: Pairing, person: string): Promise<string> {
  return await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid, typ: 'JWT' })
    .setIssuer(LOCAL_ISSUER)
    .setAudience('gloss')
    .setSubject(person)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(signingKey, 'ES256'))
}
