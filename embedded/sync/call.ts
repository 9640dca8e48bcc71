import type { FunctionCall, Outcome, QueryRun } from '../runtime/engine.ts'
import type { Caller } from '../auth/caller.ts'
import { canonicalPath } from '../runtime/function-path.ts'
import { failureText } from '../failure-text.ts'
import type { FunctionRequest } from './client-message.ts'

type Failed = Extract<Outcome, { ok: false }>
type Target = Pick<FunctionRequest, 'udfPath' | 'args' | 'componentPath'>

export function toCall({ udfPath, args }: Target, caller: Caller): FunctionCall {
  return { path: canonicalPath(udfPath), args: args[0] ?? {}, identity: caller.identity, allowInternal: caller.admin }
}

/** How a failed function appears in a `MutationResponse` or `ActionResponse`. */
export function toFailure({ errorMessage, errorData, logLines }: Failed) {
  const result = failureText(errorMessage)
  return { success: false as const, result, logLines, ...(errorData === undefined ? {} : { errorData }) }
}

/** Functions of components are not called from outside (README, "Not the same"): the failure, or null for an app's own. */
export function componentFailure({ componentPath }: Target): Failed | null {
  if (componentPath == null || componentPath === '') return null
  return { ok: false, errorMessage: 'Functions of components cannot be called from outside.', logLines: [] }
}

export function toRun(outcome: Outcome): QueryRun {
  return { outcome, readSet: { overlaps: () => false, places: [] }, journal: null }
}
