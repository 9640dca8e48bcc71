import type { JSONValue } from 'convex/values'

/** What a running function may ask of the engine. Everything is text, so that functions could run in a worker. */
export interface Syscalls {
  sync(operation: string, argsJson: string): string
  async(operation: string, argsJson: string): Promise<string>
  /** The few operations whose arguments are objects (`Blob`, `Request`). */
  object(operation: string, args: unknown): unknown
  /** The function's code begins to run. Where it is absent, nobody counts its time. */
  open?(): void
  /** From now on every call is refused: the function has ended, or its time is up. */
  close(): void
}

export interface CallEnvironment {
  readonly syscalls: Syscalls
  /** Queries and mutations: time stands still, and neither `fetch` nor timers work. */
  readonly isTransaction: boolean
  readonly nowMs: number
  readonly random: () => number
  readonly log: (level: string, message: string) => void
}

/** `value` is the result as JSON. */
export type HostOutcome =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly errorMessage: string; readonly errorData?: JSONValue }

export interface FunctionHost {
  run(invoke: () => Promise<string>, environment: CallEnvironment): Promise<HostOutcome>
  /** Like `run`, for a function whose result is an object; throws what it throws. */
  runObject<Result>(invoke: () => Promise<Result>, environment: CallEnvironment): Promise<Result>
}
