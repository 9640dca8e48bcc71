import { readFile } from 'node:fs/promises'
import { runProgram } from '../../../scripts/terminal/run-program.ts'

/** The most memory that a process has held so far (resident, all threads), in MB; where only `ps` tells, what it holds. */
export async function peakMemory(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
  }
  const { output } = await runProgram('ps', ['-o', 'rss=', '-p', String(pid)], { timeoutMs: 5_000 })
  return Number(output) / 1024
}
