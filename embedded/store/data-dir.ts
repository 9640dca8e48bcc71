import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A folder only its owner can read, held by one process at a time. Throws one sentence when it cannot be. */
export interface DataDir {
  readonly databasePath: string
  release(): void
}

export function openDataDir(path: string): DataDir {
  const databasePath = join(path, 'data.sqlite')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(path, 0o700)
    createPrivateFile(databasePath)
  } catch (error) {
    throw new Error(`The data folder ${path} cannot be written: ${reason(error)}`, { cause: error })
  }
  const lock = acquireLock(path)
  return { databasePath, release: () => lock.close() }
}

/** SQLite gives its journal files the mode of the database file. */
function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/** An exclusive transaction on a database of its own: the operating system drops it with the process, however it ends. */
function acquireLock(path: string): DatabaseSync {
  const lockPath = join(path, 'lock.sqlite')
  createPrivateFile(lockPath)
  const lock = new DatabaseSync(lockPath, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw new Error(`The data folder ${path} is in use by another engine; stop that one first.`, { cause: error })
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
