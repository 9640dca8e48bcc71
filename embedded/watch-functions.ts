import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join, sep } from 'node:path'
import type { Engine } from './runtime/engine.ts'
import { codeInputs, componentFolders } from './runtime/load-components.ts'
import { functionsFolder } from './runtime/load-functions.ts'
import type { ServeOptions } from './serve-options.ts'

/** Files are looked at this often; a change is taken up once two looks show the same. */
const everyMs = 200

/** What one look showed. */
interface Seen {
  /** Every file in them counts: the functions' folder, and those of components that lie elsewhere in the project. */
  readonly folders: readonly string[]
  /** Those files, and what else the functions are made of, with what changes when they do. */
  readonly stamps: Map<string, string>
}

/**
 * Loads the functions again whenever a file of theirs has changed: those of their folder and of the components'
 * folders, and those that they import from elsewhere in the project. Generated files and packages do not count. Looking
 * again and again finds a file that was replaced, and folders that are new, on every system; notices of the system do
 * not. Gives the end of it.
 */
export function watchFunctions(
  engine: Pick<Engine, 'reload'>,
  { projectDir, functionsDir, dataDir }: Pick<ServeOptions, 'projectDir' | 'functionsDir' | 'dataDir'>,
  log: (line: string) => void,
): () => void {
  const folder = functionsFolder(projectDir, functionsDir ?? undefined)
  let loaded = look(folder, dataDir, [])
  let before = ''
  let isLoading = false
  const timer = setInterval(() => {
    if (isLoading) return
    const now = look(folder, dataDir, loaded.folders)
    const text = JSON.stringify([...now.stamps])
    const hasSettled = text === before
    before = text
    if (!hasSettled) return
    const hasChanged = isChanged(loaded, now)
    loaded = now
    if (!hasChanged) return
    isLoading = true
    void reload(engine, log).finally(() => {
      // What this load has brought is no change; what has changed since it began is one.
      const { folders, stamps } = look(folder, dataDir, loaded.folders)
      loaded = { folders, stamps: new Map([...stamps, ...loaded.stamps]) }
      isLoading = false
    })
  }, everyMs)
  return () => clearInterval(timer)
}

/** After a config that could not be bundled, the folders that were known before it are looked at. */
function look(folder: string, dataDir: string, known: readonly string[]): Seen {
  const found = componentFolders(dataDir)
  const ofComponents = (found.length === 0 ? known : found).filter((path) => !isIn(folder, path) && !isPackaged(path))
  const folders = [...new Set([folder, ...ofComponents])]
  const elsewhere = codeInputs(dataDir).filter((path) => !isInSome(folders, path) && !isPackaged(path))
  const paths = [...folders.flatMap(filesIn), ...elsewhere]
  return { folders, stamps: new Map(paths.map((path) => [path, stampOf(path)])) }
}

/**
 * Files elsewhere, and whole folders, come and go with what imports them, which is a change by itself. In a folder that
 * is known, so is a file that comes or goes.
 */
function isChanged(loaded: Seen, now: Seen): boolean {
  const isOther = ([path, stamp]: [string, string]) => {
    const known = loaded.stamps.get(path)
    return known === undefined ? isInSome(loaded.folders, path) : known !== stamp
  }
  const isGone = (path: string) => isInSome(now.folders, path) && !now.stamps.has(path)
  return [...now.stamps].some(isOther) || [...loaded.stamps.keys()].some(isGone)
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

function isInSome(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => isIn(folder, path))
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

function isPackaged(path: string): boolean {
  return path.split(sep).includes('node_modules')
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? 'missing' : `${stats.size} ${stats.mtimeMs}`
}
