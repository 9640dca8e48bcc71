import { readFile } from 'node:fs/promises'
import { now } from '../../tests/support/provider/recorded-request.ts'

/**
 * Watches how much of the time a process's main thread was ready and had no core, because other programs had it. None
 * of that is the engine's own. Gives the way to end: a line for people, none where the system does not tell.
 */
export async function watchForCore(pid: number): Promise<() => Promise<string[]>> {
  const begun = now()
  const before = await readyMs(pid)
  return async () => {
    const after = await readyMs(pid)
    if (before === null || after === null) return []
    const share = (100 * (after - before)) / (now() - begun)
    return [`meanwhile the engine's main thread was kept waiting for a core ${share.toFixed(0)} % of the time`]
  }
}

/** Milliseconds since its start; Linux alone tells. */
async function readyMs(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const [, ready] = (await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8')).split(' ')
  return Number(ready) / 1e6
}
