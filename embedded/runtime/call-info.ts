import type { Identity } from './engine.ts'

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
