import { parseAdminCredential, actingAs } from './admin-key.ts'
import { ANONYMOUS, CredentialsError, type Caller } from './caller.ts'
import type { Authenticate } from '../sync/client-message.ts'
import type { TokenVerifier } from './token-verifier.ts'

/** Turns what a client offers, over HTTP or the socket, into a caller. Both throw a `CredentialsError`. */
export interface Authenticator {
  fromHeader(authorization: string | undefined): Promise<Caller>
  fromMessage(message: Authenticate): Promise<Caller>
}

export function createAuthenticator(adminKey: string, verifyToken: TokenVerifier): Authenticator {
  return {
    async fromHeader(authorization) {
      if (authorization === undefined) return ANONYMOUS
      const match = /^(\S+) +(\S.*)$/.exec(authorization.trim())
      const scheme = match?.[1]?.toLowerCase()
      const credential = match?.[2] ?? ''
      if (scheme === 'bearer') return verifyToken(credential)
      if (scheme === 'convex') return parseAdminCredential(credential, adminKey)
      throw new CredentialsError('The Authorization header must be `Bearer TOKEN` or `Convex KEY`.')
    },
    async fromMessage(message) {
      switch (message.tokenType) {
        case 'None':
          return ANONYMOUS
        case 'User':
          return verifyToken(message.value)
        case 'Admin': {
          const caller = parseAdminCredential(message.value, adminKey)
          return message.impersonating == null ? caller : actingAs(message.impersonating)
        }
      }
    },
  }
}
