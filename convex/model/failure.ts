import { ConvexError } from 'convex/values'
import type { ErrorCode } from '../../protocol/errors.ts'

/** Ends a function with an error that the panel can show: `ConvexError({ code, detail? })`. */
export function fail(code: ErrorCode, detail?: string): never {
  throw new ConvexError(detail === undefined ? { code } : { code, detail })
}
