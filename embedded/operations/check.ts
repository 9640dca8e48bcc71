import type { DatabaseSync } from 'node:sqlite'
import { qualifiedName, StoreCatalog } from '../runtime/catalog.ts'
import { readStoredSchemas } from '../runtime/apply-schema.ts'
import { readSqliteStore } from '../store/sqlite-store.ts'
import { Statements } from '../store/statements.ts'
import { checkDocuments } from './check-documents.ts'
import { checkSearchIndexes } from './check-search.ts'
import { parseOperation, requiredPath } from './operation-options.ts'
import type { Output } from './output.ts'
import { readData } from './read-data.ts'

export const checkUsage = 'node cli.mjs check --data DIR'

/** Prints how much there is and everything that is wrong with it. Gives how many problems were found. */
export async function check(args: readonly string[], { print }: Output): Promise<number> {
  const values = parseOperation(args, { data: { type: 'string' } }, checkUsage)
  const dataDir = requiredPath('data', values.data, checkUsage)
  let problems = 0
  await checkData(dataDir, print, (problem) => {
    problems++
    print(`Problem: ${problem}`)
  })
  print(problems === 0 ? 'No problems were found.' : `Problems found: ${problems}.`)
  return problems
}

/** Looks at all of a data folder. Prints how much there is, and reports what is wrong, a sentence each. */
export async function checkData(
  dataDir: string,
  print: (line: string) => void,
  report: (problem: string) => void,
): Promise<void> {
  await readData(dataDir, (database) => {
    guarded('the database', report, () => checkDatabase(database, print, report))
  })
}

function checkDatabase(database: DatabaseSync, print: (line: string) => void, report: (problem: string) => void): void {
  // Everything is read of one state, though an engine may be writing.
  database.exec('BEGIN')
  guarded('the pages of the database', report, () => {
    for (const row of database.prepare('PRAGMA integrity_check(1000)').iterate()) {
      const found = String(Object.values(row)[0])
      if (found !== 'ok') report(`SQLite says: ${found.replaceAll('\n', ' ')}.`)
    }
  })
  const store = readSqliteStore(database)
  const catalog = StoreCatalog.load(store)
  const statements = new Statements(database)
  const schemas = readStoredSchemas(store)
  guarded('the documents', report, () => {
    const counts = checkDocuments({ statements, catalog, schemas, report })
    for (const table of catalog.all()) {
      const { number, indexes, searchIndexes } = table
      const count = counts.get(number) ?? 0
      print(
        `${qualifiedName(table)}: ${count} documents, ${indexes.size} indexes, ${searchIndexes.size} search indexes`,
      )
    }
  })
  guarded('the search indexes', report, () => checkSearchIndexes({ statements, catalog, report }))
}

/** What stops one part of the check is a problem, and does not stop the others. */
function guarded(what: string, report: (problem: string) => void, look: () => void): void {
  try {
    look()
  } catch (error) {
    report(`Not all of ${what} can be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
