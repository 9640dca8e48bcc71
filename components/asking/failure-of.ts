import { ConvexError } from 'convex/values'
import { z } from '../../protocol/quiet-zod.ts'
import { isErrorCode } from '../../protocol/errors.ts'
import type { ErrorCode, Failure } from '../../protocol/errors.ts'

const thrown = z.object({ code: z.custom<ErrorCode>(isErrorCode), detail: z.string().optional() })

/** What to tell a person about an error a backend function threw. */
export function failureOf(error: unknown): Failure {
  const parsed = error instanceof ConvexError ? thrown.safeParse(error.data) : undefined
  return parsed?.success ? parsed.data : { code: 'internal' }
}
