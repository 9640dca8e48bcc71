import { readFile } from 'node:fs/promises'
import { runProgram } from '../terminal/run-program.ts'

/** Whether a process of that id exists (and is not a zombie's number that we may not signal). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // EPERM: it exists, and belongs to someone else.
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a process, or nothing when the system does not tell. */
export async function programArguments(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.replaceAll('\0', ' '),
      () => '',
    )
  }
  const { code, output } = await runProgram('ps', ['-o', 'args=', '-p', String(pid)], { timeoutMs: 5_000 })
  return code === 0 ? output : ''
}
