import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isRunning } from './process-table.ts'
import { acquireStartLock } from './start-lock.ts'
import { openStateFolder } from './state-folder.ts'

const newFolder = async () => openStateFolder(await mkdtemp(join(tmpdir(), 'gloss-lock-')))

/** A process that waits, with the given text on its command line. */
async function sleeper(mark: string) {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)', mark])
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  if (child.pid === undefined) throw new Error('the process did not start')
  return { pid: child.pid, ended }
}

describe('the start lock', () => {
  test('refuses while another start is alive, and says which', async () => {
    const folder = await newFolder()
    const { pid } = await sleeper('scripts/start.ts')
    await folder.writeJson('running.json', { pid })
    await expect(acquireStartLock(folder)).rejects.toThrow(`Gloss already runs here (process ${pid})`)
  })

  test('takes over from a start that is gone, and ends the engine it left', async () => {
    const folder = await newFolder()
    const gone = await sleeper('scripts/start.ts')
    process.kill(gone.pid, 'SIGKILL')
    await gone.ended
    const engine = await sleeper(folder.path('data'))
    await folder.writeJson('running.json', { pid: gone.pid, engine: engine.pid })
    await using lock = await acquireStartLock(folder)
    await engine.ended
    expect(isRunning(engine.pid)).toBe(false)
    await lock.nameEngine(1)
    expect(await folder.readJson('running.json')).toEqual({ pid: process.pid, engine: 1 })
  })

  test("leaves alone a stranger who got the engine's process id", async () => {
    const folder = await newFolder()
    const stranger = await sleeper('something else')
    await folder.writeJson('running.json', { pid: stranger.pid, engine: stranger.pid })
    await using _lock = await acquireStartLock(folder)
    expect(isRunning(stranger.pid)).toBe(true)
  })

  test('is gone when it is let go', async () => {
    const folder = await newFolder()
    await (await acquireStartLock(folder))[Symbol.asyncDispose]()
    expect(await folder.readJson('running.json')).toBeUndefined()
  })
})
