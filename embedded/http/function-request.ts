import type { JSONValue } from 'convex/values'
import { z } from 'zod'
import { HttpError } from './http-error.ts'

const json = z.custom<JSONValue>(() => true)

const functionRequest = z.object({
  path: z.string().min(1).max(1024),
  args: json.optional(),
  format: z.enum(['json', 'convex_encoded_json']).nullish(),
  componentPath: z.string().nullish(),
  ts: z.string().max(16).optional(),
})

export type ValueFormat = 'json' | 'convex_encoded_json'

export interface FunctionRequest {
  readonly path: string
  /** The single argument object. */
  readonly args: JSONValue
  readonly format: ValueFormat
  /** Base64, for `query_at_ts`. */
  readonly ts: string | null
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new HttpError(400, 'BadJsonBody', 'The request body is not valid JSON.')
    throw error
  }
}

/** `args` is an object, or an array that holds one; `format` is `json` unless given. Throws an `HttpError`. */
export function toFunctionRequest(value: unknown): FunctionRequest {
  const parsed = functionRequest.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw new HttpError(400, 'BadJsonBody', `The request body is not as expected: ${where}: ${issue?.message ?? ''}`)
  }
  const { path, args = {}, format, componentPath, ts } = parsed.data
  if (componentPath != null && componentPath !== '') {
    throw new HttpError(400, 'InvalidComponentPath', 'Functions of components cannot be called from outside.')
  }
  const list = Array.isArray(args) ? args : [args]
  if (list.length > 1) throw new HttpError(400, 'InvalidArgs', 'A function takes a single argument, an object.')
  return { path, args: list[0] ?? {}, format: format ?? 'json', ts: ts ?? null }
}
