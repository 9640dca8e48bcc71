import type { Identity } from './engine.ts'
import { componentOf } from './function-path.ts'

/** One call of a function, shared by all that it calls inside the same transaction. */
export interface CallInfo {
  readonly path: string
  readonly identity: Identity | null
  readonly nowMs: number
  readonly random: () => number
  readonly logLines: string[]
  /** The scheduled job this call belongs to. */
  readonly jobId: string | null
}

/** The call of another function by this one. Who calls is told within a component only. */
export function calledFrom(caller: CallInfo, path: string): CallInfo {
  return { ...caller, path, identity: componentOf(path) === componentOf(caller.path) ? caller.identity : null }
}
