/** What the public `ctx` offers and this version of the engine does not; every name with what to say. */
export const unsupported: ReadonlyMap<string, string> = new Map([
  ...names('Arguments of components (`env` took their place) are', ['1.0/componentArgument']),
  ...names('Signing tokens is', ['1.0/signJwt']),
  ...names('Audit logging is', ['1.0/auditLog']),
  ...names('Convex-managed services are', ['1.0/createServiceToken', '1.0/getServiceUrl']),
])

/** A function that has ended, or whose time is up, may not go on. */
export function calledTooLate(): Error {
  return new Error('A Convex function used `ctx` after it had ended; await every promise before returning.')
}

export function unknownOperation(operation: string): Error {
  return new Error(unsupported.get(operation) ?? `Unknown operation ${operation}`)
}

function names(subject: string, operations: readonly string[]): [string, string][] {
  return operations.map((operation) => [operation, `${subject} not supported by this version of the engine.`])
}
