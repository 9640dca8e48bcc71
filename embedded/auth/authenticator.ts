import { parseAdminCredential, actingAs } from './admin-key.ts'
import { ANONYMOUS, CredentialsError, type Caller } from './caller.ts'
import type { Authenticate } from '../sync/client-message.ts'
import type { TokenVerifier } from './token-verifier.ts'

/** Turns what a client offers, over HTTP or the socket, into a caller. Both throw a `CredentialsError`. */
export interface Authenticator {
  fromHeader(authorization: string | undefined): Promise<Caller>
  fromMessage(message: Authenticate): Promise<Caller>
}

/** `adminKey` is null where no admin is let in: then an admin's credentials are refused like any wrong key. */
export function createAuthenticator(adminKey: string | null, verifyToken: TokenVerifier): Authenticator {
  const asAdmin = (credential: string): Caller => {
    if (adminKey === null) throw new CredentialsError('Admin credentials are not accepted here.')
    return parseAdminCredential(credential, adminKey)
  }
  return {
    async fromHeader(authorization) {
      if (authorization === undefined) return ANONYMOUS
      const match = /^(\S+) +(\S.*)$/.exec(authorization.trim())
      const scheme = match?.[1]?.toLowerCase()
      const credential = match?.[2] ?? ''
      if (scheme === 'bearer') return verifyToken(credential)
      if (scheme === 'convex') return asAdmin(credential)
      throw new CredentialsError('The Authorization header must be `Bearer TOKEN` or `Convex KEY`.')
    },
    async fromMessage(message) {
      switch (message.tokenType) {
        case 'None':
          return ANONYMOUS
        case 'User':
          return verifyToken(message.value)
        case 'Admin': {
          const caller = asAdmin(message.value)
          return message.impersonating == null ? caller : actingAs(message.impersonating)
        }
      }
    },
  }
}
