import { parseServeOptions, USAGE } from './serve-options.ts'

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

/** A compiler's "Build failed with 1 error:" says nothing without the line after it. */
function oneLine(error: unknown): string {
  const [first = '', second = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.endsWith(':') ? `${first} ${second}` : first
}

/** Ends the process when asked to, and when whoever started it is gone. */
function onEnd(end: () => void, exitWithParent: boolean): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  // Started by cli.mjs under another Node: the channel closes with it.
  if (process.connected) process.on('disconnect', end)
  if (exitWithParent) {
    process.stdin.once('end', end).once('close', end).once('error', end)
    process.stdin.resume()
  }
}

/** The command line: what to do, and its options. */
export async function main(args: readonly string[]): Promise<void> {
  const [command = '', ...rest] = args
  if (command === 'serve') return await runServe(rest)
  const { operations } = await import('./operations/operations.ts')
  const operation = operations[command]
  if (operation === undefined) {
    fail(`Usage: ${[USAGE, ...Object.values(operations).map(({ usage }) => usage)].join(' | ')}`)
  }
  try {
    process.exitCode = await operation.run(rest, { log, print: (line) => process.stdout.write(`${line}\n`) })
  } catch (error) {
    fail(oneLine(error))
  }
}

async function runServe(args: readonly string[]): Promise<void> {
  let ending = false
  let close: (graceMs: number) => Promise<void> = () => Promise.resolve()
  const end = () => {
    if (ending) return
    ending = true
    // The grace is for functions; whatever else hangs must not keep the process.
    setTimeout(() => process.exit(1), GRACE_MS + 2_000).unref()
    close(GRACE_MS).then(
      () => process.exit(0),
      (error: unknown) => fail(`Stopping failed: ${oneLine(error)}`),
    )
  }
  // A stray rejection in an app's code must not take everyone's engine down.
  process.on('unhandledRejection', (reason) => {
    log(`Unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`)
  })

  try {
    const options = parseServeOptions(args, process.env)
    onEnd(end, options.exitWithParent)
    const [{ serve }, { createEngine }] = await Promise.all([
      import('./serve.ts'),
      import('./runtime/create-engine.ts'),
    ])
    const served = await serve(options, { createEngine, log })
    close = (graceMs) => served.close(graceMs)
    if (ending) return
    const { url, siteUrl, adminKey } = served
    process.stdout.write(`${JSON.stringify({ url, siteUrl, adminKey })}\n`)
  } catch (error) {
    fail(oneLine(error))
  }
}
