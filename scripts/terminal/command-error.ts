/**
 * A failure that the person at the terminal can act on. The message is one whole sentence that says what to do; it is
 * printed as it is, without a stack.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
