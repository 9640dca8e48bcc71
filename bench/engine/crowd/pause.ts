import { setTimeout as sleep } from 'node:timers/promises'

/** Stops a process where it is and lets it go on after so many milliseconds: the planted defect of every stall. */
export async function pause(pid: number, milliseconds: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  try {
    await sleep(milliseconds)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}
