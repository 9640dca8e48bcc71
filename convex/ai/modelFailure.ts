import type { Failure } from '../../protocol/errors.ts'

/** A failure whose reason is known in our own codes. */
export class ModelFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'ModelFailure'
    this.failure = failure
  }
}
