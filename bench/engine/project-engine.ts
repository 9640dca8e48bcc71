import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startEngine, type RunningEngine, type StartEngineOptions } from '../../embedded/testing.ts'

export const projectDir = fileURLToPath(new URL('project', import.meta.url))

/** An engine process with the functions of `project/`, on a folder of its own or on the one it is given. */
export async function startProject(options: Omit<StartEngineOptions, 'projectDir'> = {}): Promise<RunningEngine> {
  return await startEngine({ projectDir, ...options })
}

/** Ends the process and removes its data. */
export async function discard(engine: RunningEngine): Promise<void> {
  await engine.kill()
  await rm(engine.dataDir, { recursive: true, force: true })
}

/** The same data and the same port, so that clients find it again. */
export function sameAgain({ url, siteUrl, dataDir }: RunningEngine): Omit<StartEngineOptions, 'projectDir'> {
  return { dataDir, port: Number(new URL(url).port), sitePort: Number(new URL(siteUrl).port) }
}
