import type { Identity } from '../runtime/engine.ts'

/** On whose behalf a function runs. */
export interface Caller {
  readonly identity: Identity | null
  /** Holders of the admin key may call internal functions. */
  readonly admin: boolean
  /** Milliseconds since the epoch; null when the credentials do not expire. */
  readonly expiresAt: number | null
}

export const ANONYMOUS: Caller = { identity: null, admin: false, expiresAt: null }

/** Seconds that clocks may differ, in either direction. */
export const CLOCK_TOLERANCE_S = 5

export function isExpired(caller: Caller, now: number): boolean {
  return caller.expiresAt !== null && now > caller.expiresAt + CLOCK_TOLERANCE_S * 1000
}

/** Whether the caller proved to be someone. */
export function isVerified(caller: Caller): boolean {
  return caller.admin || caller.identity !== null
}

/** Credentials that were offered and are not good. The message is for the client. */
export class CredentialsError extends Error {
  override name = 'CredentialsError'
}
