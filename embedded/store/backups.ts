import { copyFileSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { createPrivateFile, type DataPaths } from './data-dir.ts'
import { findDamageOfCopy } from './damage.ts'
import { syncToDisk } from './sync-to-disk.ts'

/** How many an engine keeps of those it makes by itself. */
const kept = 3

/**
 * Writes one consistent state of an open database to a new file, without what was deleted, while others may go on
 * writing. The file has its name only once it is complete, was opened and checked, and lies on the disk.
 */
export function copyDatabase(database: DatabaseSync, target: string): void {
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  createPrivateFile(partial)
  try {
    database.prepare('VACUUM INTO ?').run(partial)
    const damage = findDamageOfCopy(partial)
    if (damage !== null) throw new Error(`The copy ${partial} is damaged: ${damage}`)
    syncToDisk(partial)
    renameSync(partial, target)
    syncToDisk(join(target, '..'))
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Adds a back-up to the data folder and removes the oldest ones. Gives its path. */
export function keepBackup({ backupsPath }: DataPaths, database: DatabaseSync): string {
  mkdirSync(backupsPath, { recursive: true, mode: 0o700 })
  const path = join(backupsPath, `${timeName(new Date())}.sqlite`)
  copyDatabase(database, path)
  forgetOldBackups(backupsPath)
  return path
}

/** The newest one that is whole; null when there is none. */
export function newestGoodBackup({ backupsPath }: DataPaths): string | null {
  return backupsIn(backupsPath).find((path) => findDamageOfCopy(path) === null) ?? null
}

/**
 * Puts the newest good back-up in the place of a database. What lay there is moved into a folder beside it. Gives both
 * paths; null, with nothing changed, when there is no good back-up.
 */
export function goBackToBackup(paths: DataPaths): { backup: string; aside: string } | null {
  const backup = newestGoodBackup(paths)
  if (backup === null) return null
  const { databasePath } = paths
  const restored = `${databasePath}.restored`
  copyFileSync(backup, restored, constants.COPYFILE_FICLONE)
  syncToDisk(restored)
  const aside = setAside(paths)
  renameSync(restored, databasePath)
  syncToDisk(paths.path)
  return { backup, aside }
}

/** Moves a database, with its log, into a folder of its own. Gives its path. */
export function setAside({ path }: DataPaths): string {
  const aside = join(path, `damaged-${timeName(new Date())}`)
  mkdirSync(aside, { mode: 0o700 })
  for (const name of ['data.sqlite', 'data.sqlite-wal', 'data.sqlite-shm']) {
    if (existsSync(join(path, name))) renameSync(join(path, name), join(aside, name))
  }
  return aside
}

function forgetOldBackups(backupsPath: string): void {
  for (const path of backupsIn(backupsPath).slice(kept)) rmSync(path, { force: true })
}

/** Newest first: their names are times. */
function backupsIn(backupsPath: string): string[] {
  if (!existsSync(backupsPath)) return []
  const names = readdirSync(backupsPath).filter((name) => name.endsWith('.sqlite'))
  return names
    .toSorted()
    .toReversed()
    .map((name) => join(backupsPath, name))
}

/** The time as a file name that all systems allow. */
function timeName(time: Date): string {
  return time.toISOString().replaceAll(':', '-')
}
