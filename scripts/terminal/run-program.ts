import { spawn } from 'node:child_process'

export type ProgramResult = { code: number | null; output: string }

/**
 * Runs a program to its end and returns what it printed, stdout and stderr together.
 * A program that cannot be started has code null and the reason as its output.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number; onLine?: (line: string) => void } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    })
    let output = ''
    let unfinished = ''
    const read = (data: string) => {
      output += data
      const lines = (unfinished + data).split(/[\r\n]+/)
      unfinished = lines.pop() ?? ''
      for (const line of lines) if (line !== '') options.onLine?.(line)
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    child.on('error', (cause) => resolve({ code: null, output: cause.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
