import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { applySchema, documentsOf } from '../runtime/apply-schema.ts'
import { StoreCatalog } from '../runtime/catalog.ts'
import { loadSchemas } from '../runtime/load-schemas.ts'
import { rememberAtRest } from '../store/at-rest.ts'
import { keepBackup, setAside } from '../store/backups.ts'
import { findDamage } from '../store/damage.ts'
import { dataPaths, openDataDir, type DataDir } from '../store/data-dir.ts'
import { openSqliteStore, readSqliteStore } from '../store/sqlite-store.ts'
import { syncToDisk } from '../store/sync-to-disk.ts'
import { UsageError } from '../serve-options.ts'
import { importTables } from './import-tables.ts'
import { parseOperation, requiredPath } from './operation-options.ts'
import type { Output } from './output.ts'
import { ZipReader } from './zip-reader.ts'

export const importUsage =
  'node cli.mjs import --from FILE.zip --data DIR [--replace] [--project DIR [--functions DIR]]'

/**
 * Makes the data that which a snapshot holds: everything that is in it and nothing else, so that doing it twice changes
 * nothing. It is built beside the data and put in its place at the end; until then the data is as it was.
 */
export async function importData(args: readonly string[], { print, log }: Output): Promise<void> {
  const values = parseOperation(
    args,
    {
      from: { type: 'string' },
      data: { type: 'string' },
      replace: { type: 'boolean' },
      project: { type: 'string' },
      functions: { type: 'string' },
    },
    importUsage,
  )
  const from = requiredPath('from', values.from, importUsage)
  const dataDir = requiredPath('data', values.data, importUsage)
  const projectDir = values.project === undefined ? null : requiredPath('project', values.project, importUsage)
  await using zip = await ZipReader.open(from)
  const folder = openDataDir(dataDir)
  const building = join(dataDir, 'importing')
  try {
    if (values.replace !== true && holdsData(folder)) {
      throw new UsageError(`There is data in ${dataDir}: give another folder, or --replace to import in its place.`)
    }
    rmSync(building, { recursive: true, force: true })
    const store = openSqliteStore(building)
    try {
      const counts = await importTables(zip, store, log)
      if (projectDir !== null) {
        const schemas = await loadSchemas({ projectDir, functionsDir: values.functions, dataDir: building })
        // The snapshot is the back-up.
        applySchema(store, schemas, log, { hasBackup: true })
      }
      for (const [name, count] of counts) print(`${name}: ${count} documents`)
    } finally {
      store.close()
    }
    putInPlace(building, folder, log)
    print(`${from} was imported into ${dataDir}.`)
  } finally {
    rmSync(building, { recursive: true, force: true })
    folder.release()
  }
}

/** Whether there is anything to lose; what is damaged is. */
function holdsData(folder: DataDir): boolean {
  if (findDamage(folder) !== null) return true
  const database = new DatabaseSync(folder.databasePath, { readOnly: true })
  try {
    if (database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return false
    const store = readSqliteStore(database)
    return [...StoreCatalog.load(store).all()].some((table) => documentsOf(store, table).next().done === false)
  } finally {
    database.close()
  }
}

/** What is replaced stays as a back-up, or, when it is damaged, in a folder beside. */
function putInPlace(building: string, folder: DataDir, log: (line: string) => void): void {
  if (findDamage(folder) !== null) {
    log(`The database before was damaged; it is in ${setAside(folder)}`)
  } else if (holdsData(folder)) {
    const database = new DatabaseSync(folder.databasePath)
    try {
      log(`A back-up of the data before was made, ${keepBackup(folder, database)}`)
    } finally {
      // The last to close it writes its log into the file, so that none is left beside the new file.
      database.close()
    }
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${folder.databasePath}${suffix}`, { force: true })
  const built = dataPaths(building).databasePath
  if (existsSync(`${built}-wal`)) throw new Error(`${built} was not closed.`)
  syncToDisk(built)
  renameSync(built, folder.databasePath)
  syncToDisk(folder.path)
  rememberAtRest(folder)
}
