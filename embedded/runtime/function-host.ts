import type { FunctionKind } from './engine.ts'
import type { ComponentBundle } from './load-components.ts'
import type { Failure } from './function-error.ts'
import type { FunctionDefinition } from './function-registry.ts'

/** What a running function may ask of the engine. */
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
  /** In queries and mutations the clock stands still, and neither `fetch` nor timers work. */
  readonly kind: FunctionKind
  readonly nowMs: number
  readonly random: () => number
  readonly log: (level: string, message: string) => void
}

/** `value` is the result as JSON. */
export type HostOutcome = { readonly ok: true; readonly value: string } | Failure

/** `value` is the response, whose body may still be streaming. */
export type HttpOutcome = { readonly ok: true; readonly value: Response } | Failure

export interface FunctionHost {
  /** `argsJson` is a JSON array of one object. Never rejects. */
  run(definition: FunctionDefinition, argsJson: string, environment: CallEnvironment): Promise<HostOutcome>
}

/** Runs actions somewhere else, and ends them when their time is up. */
export interface ActionHost extends FunctionHost {
  /** The HTTP action that the app's router finds for the request. Never rejects. */
  runHttp(request: Request, environment: CallEnvironment): Promise<HttpOutcome>
  /** Runs the functions of other bundles from now on, the app's first. What is running goes on with those it began with. */
  exchange(bundles: readonly ComponentBundle[]): void
  /** Ends what is still running. */
  close(): Promise<void>
}
