import { DatabaseSync } from 'node:sqlite'

/** What a dead engine left behind. */
export interface Inspected {
  /** The keys of the ledger, one for each entry: a doubled one is there twice. */
  readonly keys: readonly number[]
  /** What is wrong with the file itself, one sentence each. */
  readonly problems: readonly string[]
}

/** Opens a copy of an engine's database, as the next engine would, and looks at all of it. */
export function inspectData(databasePath: string): Inspected {
  const database = new DatabaseSync(databasePath)
  try {
    const keys = numbers(database, `SELECT json_extract(d.json, '$.key') AS n ${documentsOf('entries')}`)
    const counts = numbers(database, `SELECT json_extract(d.json, '$.count') AS n ${documentsOf('totals')}`)
    const counted = counts.length === 0 ? 0 : counts[0]
    return {
      keys,
      problems: [
        ...sqliteProblems(database),
        ...problem(
          numbers(database, 'SELECT count(*) AS n FROM entries WHERE row_id NOT IN (SELECT row_id FROM documents)'),
          'index entries lead to no document',
        ),
        ...problem(numbers(database, partlyIndexed), 'documents are not in every index of their table'),
        ...(counts.length <= 1 && counted === keys.length
          ? []
          : [`${keys.length} entries were counted as ${counts.join(', ')}: half of a transaction is there`]),
      ],
    }
  } finally {
    database.close()
  }
}

function documentsOf(table: 'entries' | 'totals'): string {
  return `FROM documents d JOIN tables t ON t.number = d.table_number WHERE t.name = '${table}'`
}

const partlyIndexed = `
  WITH held AS (
    SELECT e.row_id, i.table_number, count(*) AS n FROM entries e JOIN indexes i ON i.id = e.index_id
    GROUP BY e.row_id, i.table_number
  ), wanted AS (SELECT table_number, count(*) AS n FROM indexes GROUP BY table_number)
  SELECT count(*) AS n FROM documents d JOIN wanted w ON w.table_number = d.table_number
  LEFT JOIN held h ON h.row_id = d.row_id AND h.table_number = d.table_number WHERE h.n IS NOT w.n`

function sqliteProblems(database: DatabaseSync): string[] {
  const found = database
    .prepare('PRAGMA integrity_check')
    .all()
    .map((row) => String(row['integrity_check']))
  return found.filter((line) => line !== 'ok')
}

function problem([count = 0]: readonly number[], what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`]
}

function numbers(database: DatabaseSync, sql: string): number[] {
  return database
    .prepare(sql)
    .all()
    .map(({ n }) => Number(n))
}
