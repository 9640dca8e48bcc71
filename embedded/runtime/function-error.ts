import type { JSONValue } from 'convex/values'

/** A failure as it crosses `runQuery`, `runMutation` and `runAction`: a `ConvexError` keeps its data. */
export class FunctionError extends Error {
  readonly data?: JSONValue

  constructor(message: string, data?: JSONValue) {
    super(message)
    if (data !== undefined) this.data = data
  }
}

export interface Failure {
  readonly ok: false
  readonly errorMessage: string
  readonly errorData?: JSONValue
}

const convexErrorMark = Symbol.for('ConvexError')

/** What is told of a thrown value. `invokeQuery` and its like have turned a `ConvexError`'s data into JSON text. */
export function describeThrown(thrown: unknown): Failure {
  if (typeof thrown !== 'object' || thrown === null) return { ok: false, errorMessage: `Uncaught ${String(thrown)}` }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : textOf(thrown)
  if (!(convexErrorMark in thrown) || !('data' in thrown)) return { ok: false, errorMessage: `Uncaught ${message}` }
  const data: JSONValue = typeof thrown.data === 'string' ? JSON.parse(thrown.data) : null
  return { ok: false, errorMessage: `Uncaught ${message}`, errorData: data }
}

function textOf(thrown: object): string {
  return 'message' in thrown && typeof thrown.message === 'string' ? thrown.message : JSON.stringify(thrown)
}
