import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { dataPaths } from '../store/data-dir.ts'
import { UsageError } from '../serve-options.ts'

/**
 * Looks at one state of the data, also while an engine writes to it. Nothing is changed, and the engine's lock is not
 * asked for.
 */
export async function readData<Result>(
  dataDir: string,
  look: (database: DatabaseSync) => Result | Promise<Result>,
): Promise<Result> {
  const { databasePath } = dataPaths(dataDir)
  if ((statSync(databasePath, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    throw new UsageError(`There is no data in ${dataDir}.`)
  }
  const database = new DatabaseSync(databasePath, { readOnly: true })
  try {
    return await look(database)
  } finally {
    database.close()
  }
}
