import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { compareWithRest } from './at-rest.ts'
import type { DataPaths } from './data-dir.ts'

/** A check of all pages computes about half a second for this many bytes. Larger files are left to the `check` command. */
const mostBytesChecked = 256 << 20

/** `PRAGMA quick_check` may list thousands; the first says enough. */
const quickCheck = 'PRAGMA quick_check(1)'

/**
 * Why the database must not be opened for writing; null when nothing speaks against it. It is only read. Always looked
 * at: the header, the length of the file, the tables, and whether the write-ahead log is this database's own. All pages
 * are checked when the file is not as an engine left it when it last closed it.
 */
export function findDamage(paths: DataPaths): string | null {
  const { databasePath } = paths
  const walSize = sizeOf(`${databasePath}-wal`)
  const rest = compareWithRest(paths)
  const size = sizeOf(databasePath)
  const isNew = rest === 'unknown' && !hasPast(paths)
  if (size === 0) return isNew && walSize === 0 ? null : 'the file is missing or empty'
  if (walSize > 0 && !isWal(`${databasePath}-wal`)) return 'its write-ahead log cannot be read'
  return ifReadable(databasePath, (database) => {
    const tables = tableNames(database)
    if (tables.length === 0) return isNew ? null : 'the file holds no tables'
    const missing = requiredTables.filter((name) => !tables.includes(name))
    if (missing.length > 0) return `the file lacks the table "${missing.join('", "')}"`
    if (database.prepare('SELECT one FROM clock').get() === undefined) return 'the file has lost its clock'
    if (walSize > 0 && belongsToAnother(databasePath, database))
      return 'its write-ahead log is that of another database'
    if (rest === 'same' && walSize === 0) return null
    return size > mostBytesChecked ? null : brokenPage(database)
  })
}

/** Why a copy that nobody has open is no good; null when it is. */
export function findDamageOfCopy(path: string): string | null {
  if (sizeOf(path) === 0) return 'the file is missing or empty'
  return ifReadable(path, (database) => {
    const tables = tableNames(database)
    const missing = requiredTables.filter((name) => !tables.includes(name))
    return missing.length > 0 ? `the file lacks the table "${missing.join('", "')}"` : brokenPage(database)
  })
}

/** Of every layout so far. */
const requiredTables = ['tables', 'indexes', 'documents', 'entries', 'requests', 'clock', 'meta']

function tableNames(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  return rows.map(({ name }) => String(name))
}

function brokenPage(database: DatabaseSync): string | null {
  const found = Object.values(database.prepare(quickCheck).get() ?? {})[0]
  return found === 'ok' ? null : String(found).replaceAll('\n', ' ')
}

function ifReadable(path: string, look: (database: DatabaseSync) => string | null): string | null {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly: true })
    return look(database)
  } catch (error) {
    if (isDamage(error)) return error.message
    throw error
  } finally {
    database?.close()
  }
}

const sqliteCorrupt = 11
const sqliteNotADatabase = 26

/** Extended codes carry the kind of error in their low byte. */
function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false
  return [sqliteCorrupt, sqliteNotADatabase].includes(error.errcode & 0xff)
}

/** Every commit writes the row that names the database, so every log of another one brings another name along. */
function belongsToAnother(path: string, withLog: DatabaseSync): boolean {
  const url = pathToFileURL(path)
  // Read as it lies there, without its log.
  url.search = '?immutable=1'
  const withoutLog = new DatabaseSync(url, { readOnly: true })
  try {
    const own = databaseId(withoutLog)
    return own !== null && own !== databaseId(withLog)
  } finally {
    withoutLog.close()
  }
}

/** Null for a file from before databases had names, and for one whose first pages are being written. */
function databaseId(database: DatabaseSync): string | null {
  try {
    const id = database.prepare('SELECT database_id FROM clock').get()?.['database_id']
    return typeof id === 'string' ? id : null
  } catch (error) {
    if (error instanceof Error && 'errcode' in error) return null
    throw error
  }
}

const walMagics = new Set([0x377f0682, 0x377f0683])

/** A log whose first bytes never reached the disk is empty. */
function isWal(path: string): boolean {
  const bytes = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes)
  } finally {
    closeSync(file)
  }
  const magic = bytes.readUInt32BE()
  return magic === 0 || walMagics.has(magic)
}

/** Whether the folder shows that there was a database once. */
function hasPast({ path, backupsPath }: DataPaths): boolean {
  return existsSync(backupsPath) || readdirSync(path).some((name) => name.startsWith('damaged-'))
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
