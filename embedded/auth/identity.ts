import type { JSONValue } from 'convex/values'
import type { Identity } from '../runtime/engine.ts'

/** OpenID Connect claims and the names `UserIdentity` gives them (`convex/src/server/authentication.ts`). */
const RENAMED: Readonly<Record<string, string>> = {
  given_name: 'givenName',
  family_name: 'familyName',
  preferred_username: 'preferredUsername',
  profile: 'profileUrl',
  picture: 'pictureUrl',
  website: 'websiteUrl',
  email_verified: 'emailVerified',
  birthdate: 'birthday',
  zoneinfo: 'timezone',
  locale: 'language',
  phone_number: 'phoneNumber',
  phone_number_verified: 'phoneNumberVerified',
  updated_at: 'updatedAt',
}

/** About the token, not about the person. */
const REGISTERED = new Set(['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti'])

/** The identity a verified token stands for. */
export function identityFromClaims(
  issuer: string,
  subject: string,
  claims: Readonly<Record<string, JSONValue | undefined>>,
): Identity {
  const identity: Record<string, JSONValue> = {}
  for (const [claim, value] of Object.entries(claims)) {
    if (REGISTERED.has(claim) || value === undefined) continue
    identity[RENAMED[claim] ?? claim] = claim === 'updated_at' && typeof value === 'number' ? String(value) : value
  }
  return { ...identity, issuer, subject, tokenIdentifier: `${issuer}|${subject}` }
}
