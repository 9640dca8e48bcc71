import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join, sep } from 'node:path'
import type { Engine } from './runtime/engine.ts'
import { codeInputs } from './runtime/load-components.ts'
import { functionsFolder } from './runtime/load-functions.ts'
import type { ServeOptions } from './serve-options.ts'

/** Files are looked at this often; a change is taken up once two looks show the same. */
const everyMs = 200

/**
 * Loads the functions again whenever a file of theirs has changed: those of their folder, and those that they import
 * from elsewhere in the project. Generated files and packages do not count. Looking again and again finds a file that
 * was replaced, and folders that are new, on every system; notices of the system do not. Gives the end of it.
 */
export function watchFunctions(
  engine: Pick<Engine, 'reload'>,
  { projectDir, functionsDir, dataDir }: Pick<ServeOptions, 'projectDir' | 'functionsDir' | 'dataDir'>,
  log: (line: string) => void,
): () => void {
  const folder = functionsFolder(projectDir, functionsDir ?? undefined)
  const look = () => {
    const elsewhere = codeInputs(dataDir).filter((path) => !path.startsWith(folder + sep) && !isPackaged(path))
    return new Map([...filesIn(folder), ...elsewhere].map((path) => [path, stampOf(path)]))
  }
  let loaded = look()
  let before = ''
  let isLoading = false
  const timer = setInterval(() => {
    if (isLoading) return
    const now = look()
    const text = JSON.stringify([...now])
    const hasSettled = text === before
    before = text
    if (!hasSettled || !isChanged(folder, loaded, now)) return
    loaded = now
    isLoading = true
    void reload(engine, log).finally(() => (isLoading = false))
  }, everyMs)
  return () => clearInterval(timer)
}

/** Files elsewhere come and go with what imports them, which is a change by itself. */
function isChanged(folder: string, loaded: Map<string, string>, now: ReadonlyMap<string, string>): boolean {
  for (const [path, stamp] of now) {
    const known = loaded.get(path)
    if (known === undefined && !path.startsWith(folder + sep)) loaded.set(path, stamp)
    else if (known !== stamp) return true
  }
  return [...loaded.keys()].some((path) => path.startsWith(folder + sep) && !now.has(path))
}

async function reload(engine: Pick<Engine, 'reload'>, log: (line: string) => void): Promise<void> {
  const start = performance.now()
  try {
    await engine.reload?.()
    log(`The functions changed and were loaded again, in ${Math.round(performance.now() - start)} ms.`)
  } catch (error) {
    log(`The functions changed, and the old ones stay: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function filesIn(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || entry.name === '_generated' || entry.name === 'node_modules') return []
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** None of a folder that is being replaced. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function isPackaged(path: string): boolean {
  return path.split(sep).includes('node_modules')
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? 'missing' : `${stats.size} ${stats.mtimeMs}`
}
