import { join } from 'node:path'
import { checkSteps, type CheckStep } from './check/steps.ts'
import { runCommand } from './terminal/run-command.ts'
import { runProgram } from './terminal/run-program.ts'

const root = join(import.meta.dirname, '..')

/** `npm run check`: one line a step, the whole of what a failing one says, and every step even when one fails. */
await runCommand(async () => {
  let failed = 0
  for (const step of checkSteps(root)) if (!(await passes(step))) failed += 1
  process.stdout.write(failed === 0 ? 'Everything is in order.\n' : `${failed} of the checks failed.\n`)
  return failed === 0 ? 0 : 1
})

async function passes({ name, command, args }: CheckStep): Promise<boolean> {
  const startedAt = performance.now()
  const { code, output } = await runProgram(command, args, { cwd: root })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`)
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`)
  return code === 0
}
