import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { openDataDir } from './data-dir.ts'
import { prepareDatabase, type Durability } from './sqlite-schema.ts'
import type {
  Batch,
  CatalogChange,
  DocumentRow,
  DocumentWrite,
  Entry,
  OrderedStore,
  RecordedRequest,
  RequestKey,
  ScanRange,
  StoredCatalog,
} from './store.ts'

/** Sorts after every key: an encoded key begins with a tag of at most 9. */
const beyondAllKeys = Uint8Array.of(0xff)

export function openSqliteStore(dataDir: string, durability: Durability = 'normal'): OrderedStore {
  const folder = openDataDir(dataDir)
  try {
    const database = new DatabaseSync(folder.databasePath)
    prepareDatabase(database, durability)
    return new SqliteStore(database, () => folder.release())
  } catch (error) {
    folder.release()
    throw new Error(`The database ${folder.databasePath} cannot be opened: ${String(error)}`, { cause: error })
  }
}

class SqliteStore implements OrderedStore {
  readonly #database: DatabaseSync
  readonly #onClose: () => void
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, onClose: () => void) {
    this.#database = database
    this.#onClose = onClose
  }

  find(index: number, key: Uint8Array): DocumentRow | null {
    const row = this.#rows(
      `SELECT d.row_id, d.json, d.size FROM entries e JOIN documents d ON d.row_id = e.row_id
       WHERE e.index_id = ? AND e.key = ?`,
    ).get(index, key)
    return row === undefined ? null : documentRow(values(row), 0)
  }

  scan(range: ScanRange, limit: number): Entry[] {
    const direction = range.order === 'asc' ? 'ASC' : 'DESC'
    return this.#rows(
      `SELECT e.key, d.row_id, d.json, d.size FROM entries e CROSS JOIN documents d ON d.row_id = e.row_id
       WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${direction} LIMIT ?`,
    )
      .all(range.index, range.lower, range.upper ?? beyondAllKeys, limit)
      .map((row) => ({ key: blob(values(row)[0]), row: documentRow(values(row), 1) }))
  }

  commit(batch: Batch): void {
    this.#transaction(() => {
      this.#insertCatalog(batch)
      for (const write of batch.writes) this.#write(write)
      if (batch.request !== undefined) {
        const { sessionId, requestId, ts, outcome } = batch.request
        this.#rows('INSERT INTO requests VALUES (?, ?, ?, ?)').run(sessionId, requestId, ts, outcome)
      }
      this.#rows('UPDATE clock SET ts = ?').run(batch.ts)
    })
  }

  findRequest({ sessionId, requestId }: RequestKey): RecordedRequest | null {
    const statement = this.#rows('SELECT ts, outcome FROM requests WHERE session_id = ? AND request_id = ?')
    statement.setReadBigInts(true)
    const row = statement.get(sessionId, requestId)
    return row === undefined ? null : { ts: bigint(values(row)[0]), outcome: text(values(row)[1]) }
  }

  forgetRequests(ts: bigint): void {
    this.#rows('DELETE FROM requests WHERE ts < ?').run(ts)
  }

  catalog(): StoredCatalog {
    return {
      tables: this.#rows('SELECT number, name FROM tables')
        .all()
        .map((row) => ({ number: integer(values(row)[0]), name: text(values(row)[1]) })),
      indexes: this.#rows('SELECT id, table_number, name, fields FROM indexes')
        .all()
        .map((row) => ({
          id: integer(values(row)[0]),
          tableNumber: integer(values(row)[1]),
          name: text(values(row)[2]),
          fields: text(values(row)[3]).split(','),
        })),
    }
  }

  changeCatalog(change: CatalogChange): void {
    this.#transaction(() => {
      for (const id of change.droppedIndexes) {
        this.#rows('DELETE FROM entries WHERE index_id = ?').run(id)
        this.#rows('DELETE FROM indexes WHERE id = ?').run(id)
      }
      this.#insertCatalog({ tables: change.addedTables, indexes: change.addedIndexes })
      for (const { index, key, rowId } of change.backfill()) this.#addEntry(index, key, rowId)
      for (const [key, value] of Object.entries(change.meta)) {
        this.#rows('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value)
      }
    })
  }

  latestTs(): bigint {
    const statement = this.#rows('SELECT ts FROM clock')
    statement.setReadBigInts(true)
    const row = statement.get()
    return row === undefined ? 0n : bigint(values(row)[0])
  }

  readMeta(key: string): string | null {
    const row = this.#rows('SELECT value FROM meta WHERE key = ?').get(key)
    return row === undefined ? null : text(values(row)[0])
  }

  close(): void {
    this.#database.close()
    this.#onClose()
  }

  #write({ tableNumber, rowId, next, removedKeys, addedKeys }: DocumentWrite): void {
    let row = rowId
    for (const { index, key } of removedKeys) {
      this.#rows('DELETE FROM entries WHERE index_id = ? AND key = ?').run(index, key)
    }
    if (row === null) {
      if (next === null) return
      const inserted = this.#rows('INSERT INTO documents (table_number, size, json) VALUES (?, ?, ?)').run(
        tableNumber,
        next.size,
        next.json,
      )
      row = Number(inserted.lastInsertRowid)
    } else if (next === null) {
      this.#rows('DELETE FROM documents WHERE row_id = ?').run(row)
    } else {
      this.#rows('UPDATE documents SET size = ?, json = ? WHERE row_id = ?').run(next.size, next.json, row)
    }
    for (const { index, key } of addedKeys) this.#addEntry(index, key, row)
  }

  #addEntry(index: number, key: Uint8Array, rowId: number): void {
    this.#rows('INSERT INTO entries VALUES (?, ?, ?)').run(index, key, rowId)
  }

  #insertCatalog({ tables, indexes }: StoredCatalog): void {
    for (const { number, name } of tables) this.#rows('INSERT INTO tables VALUES (?, ?)').run(number, name)
    for (const { id, tableNumber, name, fields } of indexes) {
      this.#rows('INSERT INTO indexes VALUES (?, ?, ?, ?)').run(id, tableNumber, name, fields.join(','))
    }
  }

  #transaction(work: () => void): void {
    this.#rows('BEGIN IMMEDIATE').run()
    try {
      work()
      this.#rows('COMMIT').run()
    } catch (error) {
      if (this.#database.isTransaction) this.#rows('ROLLBACK').run()
      throw error
    }
  }

  /** A prepared statement whose rows are arrays. */
  #rows(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      statement.setReturnArrays(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** The types of `node:sqlite` do not know of `setReturnArrays`. */
function values(row: unknown): readonly SQLOutputValue[] {
  if (!Array.isArray(row)) throw new TypeError('SQLite returned a row that is not an array')
  return row
}

function documentRow(row: readonly SQLOutputValue[], at: number): DocumentRow {
  return { rowId: integer(row[at]), json: text(row[at + 1]), size: integer(row[at + 2]) }
}

function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw unexpected('integer', value)
  return value
}

function bigint(value: SQLOutputValue | undefined): bigint {
  if (typeof value !== 'bigint') throw unexpected('bigint', value)
  return value
}

function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw unexpected('text', value)
  return value
}

function blob(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unexpected('blob', value)
  return value
}

function unexpected(expected: string, value: unknown): Error {
  return new TypeError(`The database holds ${typeof value} where ${expected} is expected; the file is damaged.`)
}
