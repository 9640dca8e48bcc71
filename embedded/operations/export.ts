import { renameSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { documentsOf } from '../runtime/apply-schema.ts'
import { qualifiedName, StoreCatalog } from '../runtime/catalog.ts'
import { readSqliteStore } from '../store/sqlite-store.ts'
import { parseOperation, requiredPath } from './operation-options.ts'
import type { Output } from './output.ts'
import { readData } from './read-data.ts'
import { documentsEntry, tablesEntry } from './snapshot-layout.ts'
import { ZipWriter } from './zip-writer.ts'

export const exportUsage = 'node cli.mjs export --data DIR --to FILE.zip'

/**
 * Writes all tables of one state of the data to a zip in the layout of Convex's snapshots, also while an engine runs.
 * The file has its name only when it is complete, and replaces one of that name.
 */
export async function exportData(args: readonly string[], { print }: Output): Promise<void> {
  const values = parseOperation(args, { data: { type: 'string' }, to: { type: 'string' } }, exportUsage)
  const dataDir = requiredPath('data', values.data, exportUsage)
  const target = requiredPath('to', values.to, exportUsage)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  const zip = await ZipWriter.create(partial)
  try {
    const counts = await readData(dataDir, (database) => writeTables(database, zip))
    renameSync(partial, target)
    for (const [name, count] of counts) print(`${name}: ${count} documents`)
    print(`The data of ${dataDir} was exported to ${target}.`)
  } catch (error) {
    await zip.abandon()
    rmSync(partial, { force: true })
    throw error
  }
}

/** Gives the documents of each table. */
async function writeTables(database: DatabaseSync, zip: ZipWriter): Promise<Map<string, number>> {
  // Everything is read of one state, though an engine may be writing.
  database.exec('BEGIN')
  const store = readSqliteStore(database)
  // System tables are of this engine; Convex exports none of them either.
  const tables = [...StoreCatalog.load(store).all()].filter(({ name }) => !name.startsWith('_'))
  const counts = new Map(tables.map((table) => [qualifiedName(table), 0]))
  // The app's list is there also when it has no tables.
  for (const component of new Set(['', ...tables.map((table) => table.component)])) {
    const own = tables.filter((table) => table.component === component)
    await zip.add(tablesEntry(component), lines(own.map(({ name, number }) => JSON.stringify({ name, id: number }))))
  }
  for (const table of tables) {
    const name = qualifiedName(table)
    const documents = documentsOf(store, table)
    function* texts() {
      for (const { json } of documents) {
        counts.set(name, (counts.get(name) ?? 0) + 1)
        yield json
      }
    }
    await zip.add(documentsEntry(table), lines(texts()))
  }
  await zip.finish()
  return counts
}

const pieceLength = 64 * 1024

/** Lines of text, many in one piece. */
function* lines(texts: Iterable<string>): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += `${text}\n`
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
