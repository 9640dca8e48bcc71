/**
 * Settles at the first Ctrl+C or request to end. From then on the process ends by what its owner closes; a second
 * Ctrl+C ends it at once.
 */
export function untilInterrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('interrupted'))
  })
}
