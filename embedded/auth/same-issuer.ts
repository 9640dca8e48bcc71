/** Issuers are compared as they are written, but for a slash at the end. */
export function sameIssuer(left: string, right: string): boolean {
  return left.replace(/\/$/, '') === right.replace(/\/$/, '')
}
