import type { Failure } from '../../protocol/errors.ts'
import { failureOf } from '../asking/failure-of.ts'

/** An id that this backend cannot even read is of another one: its data was moved away or replaced. */
export function readingFailure(error: Error): Failure {
  return error.message.includes('ArgumentValidationError') ? { code: 'not_found' } : failureOf(error)
}
