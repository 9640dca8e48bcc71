import { describeFailure } from './describe-failure.ts'

/**
 * Runs the whole of a command and sets the exit code: what `main` returns, or 1 and one sentence when it throws.
 * The process is ended rather than left to drain: a handle that a dead child keeps open must not hold the terminal.
 */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  let code = 1
  try {
    code = await main()
  } catch (cause) {
    process.stderr.write(`${describeFailure(cause)}\n`)
    if (process.env['GLOSS_DEBUG']) console.error(cause)
  }
  process.exit(code)
}
