import { createHash, timingSafeEqual } from 'node:crypto'
import type { JSONValue } from 'convex/values'
import { z } from 'zod'
import type { Caller } from './caller.ts'
import { CredentialsError } from './caller.ts'

// Compared as digests: equal lengths, and a time that tells nothing of the key.
function equal(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

const attributes = z.looseObject({ subject: z.string(), issuer: z.string() })

/** Acting as a user: `tokenIdentifier` is always ours to make. */
export function actingAs(value: JSONValue): Caller {
  const parsed = attributes.safeParse(value)
  if (!parsed.success) throw new CredentialsError('The identity to act as needs an issuer and a subject.')
  const { subject, issuer } = parsed.data
  const claims: Record<string, JSONValue> = JSON.parse(JSON.stringify(parsed.data))
  return {
    admin: true,
    expiresAt: null,
    identity: { ...claims, subject, issuer, tokenIdentifier: `${issuer}|${subject}` },
  }
}

/** `KEY`, or `KEY:` and the base64 of an identity in JSON. Throws a `CredentialsError`. */
export function parseAdminCredential(credential: string, adminKey: string): Caller {
  if (equal(credential, adminKey)) return { identity: null, admin: true, expiresAt: null }
  // The key itself may hold a colon; base64 may not.
  const colon = credential.lastIndexOf(':')
  if (colon < 0 || !equal(credential.slice(0, colon), adminKey)) {
    throw new CredentialsError('The admin key is not valid for this deployment.')
  }
  const text = Buffer.from(credential.slice(colon + 1), 'base64').toString('utf8')
  let value: JSONValue
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new CredentialsError('The identity to act as is not JSON.')
    throw error
  }
  return actingAs(value)
}
