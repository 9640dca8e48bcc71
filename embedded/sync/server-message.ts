/** What the server sends. Source: `convex/src/browser/sync/protocol.ts`, version 1.48. */
import type { JSONValue } from 'convex/values'

/** The client checks that every transition starts where the last one ended, from {0, 0, 0} on each new socket. */
export interface StateVersion {
  readonly querySet: number
  readonly identity: number
  readonly ts: bigint
}

interface QueryOutcome {
  readonly queryId: number
  readonly logLines: readonly string[]
  readonly journal: string | null
}

export type QueryModification =
  | ({ readonly type: 'QueryUpdated'; readonly value: JSONValue } & QueryOutcome)
  | ({ readonly type: 'QueryFailed'; readonly errorMessage: string; readonly errorData?: JSONValue } & QueryOutcome)
  | { readonly type: 'QueryRemoved'; readonly queryId: number }

interface Failure {
  readonly success: false
  readonly result: string
  readonly errorData?: JSONValue
}

interface Response {
  readonly requestId: number
  readonly logLines: readonly string[]
}

/** Everything but transitions, which are put together from parts (`transition.ts`). */
export type ServerMessage =
  | ({ readonly type: 'MutationResponse' } & Response &
      ({ readonly success: true; readonly result: JSONValue; readonly ts: string } | Failure))
  | ({ readonly type: 'ActionResponse' } & Response &
      ({ readonly success: true; readonly result: JSONValue } | Failure))
  | {
      readonly type: 'AuthError'
      readonly error: string
      readonly baseVersion: number
      /** True when the error answers an `Authenticate`; false when a function ran into an expired token. */
      readonly authUpdateAttempted: boolean
    }
  | { readonly type: 'FatalError'; readonly error: string }
  | { readonly type: 'Ping' }
