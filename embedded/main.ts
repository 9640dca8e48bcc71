import { parseServeOptions, USAGE, UsageError } from './serve-options.ts'
import { serve } from './serve.ts'

/** How long running functions get to end after SIGTERM. */
const GRACE_MS = 3_000

function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One sentence on standard error, and exit code 1. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** Ends the process when asked to, and when whoever started it is gone. Twice means at once. */
function onEnd(end: () => void, exitWithParent: boolean): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  if (process.env['EMBEDDED_CONVEX_PARENT'] !== undefined && process.connected) process.on('disconnect', end)
  if (exitWithParent) {
    process.stdin.on('end', end).on('close', end).on('error', end)
    process.stdin.resume()
  }
}

/** The command line: `serve` and its options. */
export async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (command !== 'serve') fail(`Usage: ${USAGE}`)

  let ending = false
  let close: ((graceMs: number) => Promise<void>) | null = null
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    // The grace is for functions; whatever else hangs must not keep the process.
    setTimeout(() => process.exit(1), GRACE_MS + 2_000).unref()
    const closed = close === null ? Promise.resolve() : close(GRACE_MS)
    closed.then(
      () => process.exit(0),
      (error: unknown) => fail(`Stopping failed: ${firstLine(error)}`),
    )
  }
  process.on('unhandledRejection', (reason) => {
    log(`unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`)
  })

  try {
    const options = parseServeOptions(rest, process.env)
    onEnd(end, options.exitWithParent)
    const { createEngine } = await import('./runtime/create-engine.ts')
    const served = await serve(options, { createEngine, log })
    close = (graceMs) => served.close(graceMs)
    const { url, siteUrl, adminKey } = served
    process.stdout.write(`${JSON.stringify({ url, siteUrl, adminKey })}\n`)
  } catch (error) {
    if (
      !(error instanceof UsageError) &&
      process.env['EMBEDDED_CONVEX_DEBUG'] !== undefined &&
      error instanceof Error
    ) {
      log(error.stack ?? '')
    }
    fail(firstLine(error))
  }
}
