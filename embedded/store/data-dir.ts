import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A folder only its owner can read, held by one process at a time. Throws one sentence when it cannot be. */
export interface DataDir extends DataPaths {
  release(): void
}

/** Where things lie in a data folder. */
export interface DataPaths {
  readonly path: string
  readonly databasePath: string
  /** What the database file looked like when an engine last closed it; see `at-rest.ts`. */
  readonly atRestPath: string
  readonly backupsPath: string
}

/** Two starts at once may turn each other away for a moment; one of them gets the lock within this time. */
const lockWaitMs = 250
const sqliteBusy = 5

export function dataPaths(path: string): DataPaths {
  return {
    path,
    databasePath: join(path, 'data.sqlite'),
    atRestPath: join(path, 'at-rest.json'),
    backupsPath: join(path, 'backups'),
  }
}

export function openDataDir(path: string): DataDir {
  const paths = dataPaths(path)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(path, 0o700)
    createPrivateFile(paths.databasePath)
  } catch (error) {
    throw new Error(`The data folder ${path} cannot be written: ${reason(error)}`, { cause: error })
  }
  const lock = acquireLock(path)
  return { ...paths, release: () => lock.close() }
}

/** SQLite gives its journal files the mode of the database file. */
export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/** An exclusive transaction on a database of its own: the operating system drops it with the process, however it ends. */
function acquireLock(path: string): DatabaseSync {
  const lockPath = join(path, 'lock.sqlite')
  createPrivateFile(lockPath)
  const lock = new DatabaseSync(lockPath, { timeout: lockWaitMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) {
      throw new Error(`The data folder ${path} is in use by another engine; stop that one first.`, { cause: error })
    }
    throw new Error(`The lock ${lockPath} cannot be taken (${reason(error)}); delete that file if no engine runs.`, {
      cause: error,
    })
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
