import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { CommandError } from '../terminal/command-error.ts'
import { isRunning, programArguments } from './process-table.ts'
import type { StateFolder } from './state-folder.ts'

const FILE = 'running.json'
const lockSchema = z.object({ pid: z.number().int().positive(), engine: z.number().int().positive().optional() })

/**
 * One Gloss at a time on one folder: two engines on one database would each believe to be alone.
 * An engine that a killed start left behind is ended first.
 * @throws CommandError when another start is alive
 */
export async function acquireStartLock(
  folder: StateFolder,
): Promise<AsyncDisposable & { nameEngine(pid: number): Promise<void> }> {
  const kept = lockSchema.safeParse(await folder.readJson(FILE))
  if (kept.success) {
    const { pid, engine } = kept.data
    if (pid !== process.pid && (await isOurs(pid, 'start.ts'))) {
      throw new CommandError(
        `Gloss already runs here (process ${pid}): use its window, or end it with Ctrl+C in its terminal, then start again.`,
      )
    }
    if (engine !== undefined && (await isOurs(engine, folder.root))) await endProcess(engine)
  }
  await folder.writeJson(FILE, { pid: process.pid })
  return {
    nameEngine: (engine) => folder.writeJson(FILE, { pid: process.pid, engine }),
    [Symbol.asyncDispose]: () => rm(folder.path(FILE), { force: true }),
  }
}

/** Process ids are used again: the command line tells whether it is still the one we knew. */
async function isOurs(pid: number, mark: string): Promise<boolean> {
  return isRunning(pid) && (await programArguments(pid)).includes(mark)
}

async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; waited < 5_000 && isRunning(pid); waited += 50) await new Promise((done) => setTimeout(done, 50))
  if (isRunning(pid)) process.kill(pid, 'SIGKILL')
}
