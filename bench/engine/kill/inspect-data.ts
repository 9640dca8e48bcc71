import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkData } from '../../../embedded/operations/check.ts'

/** What a dead engine left behind. */
export interface Inspected {
  /** The keys of the ledger, one for each entry: a doubled one is there twice. */
  readonly keys: readonly number[]
  /** What is wrong with the data itself, one sentence each. */
  readonly problems: readonly string[]
}

/** Looks at all of a copy of an engine's database: as `check` does, and at what the ledger's mutations promise. */
export async function inspectData(databasePath: string): Promise<Inspected> {
  const problems: string[] = []
  await checkData(
    dirname(databasePath),
    () => undefined,
    (problem) => problems.push(problem),
  )
  const { keys, counts } = readLedger(databasePath)
  const counted = counts.length === 0 ? 0 : counts[0]
  if (counts.length > 1 || counted !== keys.length) {
    problems.push(`${keys.length} entries were counted as ${counts.join(', ')}: half of a transaction is there`)
  }
  return { keys, problems }
}

/** The keys of the entries, and what the mutations counted beside them: one number, or none before the first. */
function readLedger(databasePath: string): { keys: number[]; counts: number[] } {
  const database = new DatabaseSync(databasePath)
  try {
    return { keys: numbers(database, 'entries', 'key'), counts: numbers(database, 'totals', 'count') }
  } finally {
    database.close()
  }
}

function numbers(database: DatabaseSync, table: 'entries' | 'totals', field: 'key' | 'count'): number[] {
  return database
    .prepare(
      `SELECT json_extract(d.json, '$.${field}') AS n
       FROM documents d JOIN tables t ON t.number = d.table_number WHERE t.name = '${table}'`,
    )
    .all()
    .map(({ n }) => Number(n))
}
