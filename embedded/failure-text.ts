import { randomBytes } from 'node:crypto'

/**
 * How a failure reads at the client, as on a development deployment of Convex: an id, then the error, then its frames,
 * closed by a newline after which the client writes "Called by client".
 */
export function failureText(errorMessage: string): string {
  const id = randomBytes(8).toString('hex')
  return `[Request ID: ${id}] Server Error\n${errorMessage}${errorMessage.endsWith('\n') ? '' : '\n'}`
}
