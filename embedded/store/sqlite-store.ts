import { DatabaseSync } from 'node:sqlite'
import type { Matches } from '../search/matches.ts'
import type { SearchQuery } from '../search/search-entry.ts'
import { compareWithRest, rememberAtRest } from './at-rest.ts'
import { goBackToBackup, keepBackup, newestGoodBackup } from './backups.ts'
import { findDamage } from './damage.ts'
import { openDataDir, type DataDir } from './data-dir.ts'
import { prepareDatabase, type Durability } from './sqlite-schema.ts'
import { SqliteSearch, type SearchChange } from './sqlite-search.ts'
import { bigint, blob, integer, Statements, text, values } from './statements.ts'
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

export interface SqliteStoreOptions {
  readonly durability?: Durability
  /** When the database is damaged, go on from the newest good back-up instead of refusing. */
  readonly recover?: boolean
  readonly log?: (line: string) => void
}

/** Throws a sentence when the folder is in use, and when its database is damaged: that is never shown as empty. */
export function openSqliteStore(dataDir: string, options: SqliteStoreOptions = {}): OrderedStore {
  const folder = openDataDir(dataDir)
  try {
    mendOrRefuse(folder, options)
    const database = new DatabaseSync(folder.databasePath)
    prepareDatabase(database, options.durability ?? 'normal')
    if (compareWithRest(folder) === 'unknown') rememberAtRest(folder)
    return new SqliteStore(database, folder)
  } catch (error) {
    folder.release()
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The database ${folder.databasePath} cannot be opened: ${reason}`, { cause: error })
  }
}

/** For looking at a database that is open already. */
export function readSqliteStore(database: DatabaseSync): Pick<OrderedStore, 'catalog' | 'readMeta' | 'scan'> {
  return new SqliteStore(database, null)
}

function mendOrRefuse(folder: DataDir, { recover = false, log = () => undefined }: SqliteStoreOptions): void {
  const damage = findDamage(folder)
  if (damage === null) return
  const found = `it is damaged (${damage})`
  if (!recover) {
    const backup = newestGoodBackup(folder)
    if (backup !== null)
      throw new Error(`${found}. Nothing was changed. Start once with --recover to go on from ${backup}`)
  }
  const recovered = recover ? goBackToBackup(folder) : null
  if (recovered === null) {
    throw new Error(
      `${found}, and there is no good back-up in ${folder.backupsPath}. Nothing was changed. ` +
        `Put a copy of your own in its place, or begin anew with "import --replace" or "reset"`,
    )
  }
  log(
    `The database was damaged (${damage}): going on from ${recovered.backup}; what was there is in ${recovered.aside}`,
  )
}

class SqliteStore implements OrderedStore {
  readonly #database: DatabaseSync
  /** Null when it may only be read. */
  readonly #folder: DataDir | null
  readonly #statements: Statements
  readonly #search: SqliteSearch
  /** Statements that only read share a transaction until the next commit: one of their own costs each 10 µs. */
  #isReading = false

  constructor(database: DatabaseSync, folder: DataDir | null) {
    this.#database = database
    this.#folder = folder
    this.#statements = new Statements(database)
    this.#search = new SqliteSearch(this.#statements)
  }

  find(index: number, key: Uint8Array): DocumentRow | null {
    this.#read()
    const row = this.#statements
      .of(
        `SELECT d.row_id, d.json, d.size FROM entries e JOIN documents d ON d.row_id = e.row_id
       WHERE e.index_id = ? AND e.key = ?`,
      )
      .get(index, key)
    return row === undefined ? null : documentRow(values(row), 0)
  }

  scan(range: ScanRange, limit: number): Entry[] {
    this.#read()
    const direction = range.order === 'asc' ? 'ASC' : 'DESC'
    return this.#statements
      .of(
        `SELECT e.key, d.row_id, d.json, d.size FROM entries e CROSS JOIN documents d ON d.row_id = e.row_id
       WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${direction} LIMIT ?`,
      )
      .all(range.index, range.lower, range.upper ?? beyondAllKeys, limit)
      .map((row) => ({ key: blob(values(row)[0]), row: documentRow(values(row), 1) }))
  }

  findRow(rowId: number): DocumentRow | null {
    this.#read()
    const row = this.#statements.of('SELECT row_id, json, size FROM documents WHERE row_id = ?').get(rowId)
    return row === undefined ? null : documentRow(values(row), 0)
  }

  search(index: number, query: SearchQuery, hidden: ReadonlySet<number>): Generator<void, Matches | null> {
    return this.#search.find(index, query, hidden)
  }

  commit(batch: Batch): void {
    this.#transaction(() => {
      this.#insertCatalog({ ...batch, searchIndexes: [] })
      this.#writeAll(batch.writes)
      if (batch.request !== undefined) {
        const { sessionId, requestId, ts, outcome } = batch.request
        this.#statements.of('INSERT INTO requests VALUES (?, ?, ?, ?)').run(sessionId, requestId, ts, outcome)
      }
      this.#statements.of('UPDATE clock SET ts = ?').run(batch.ts)
    })
  }

  findRequest({ sessionId, requestId }: RequestKey): RecordedRequest | null {
    const statement = this.#statements.of('SELECT ts, outcome FROM requests WHERE session_id = ? AND request_id = ?')
    statement.setReadBigInts(true)
    const row = statement.get(sessionId, requestId)
    return row === undefined ? null : { ts: bigint(values(row)[0]), outcome: text(values(row)[1]) }
  }

  forgetRequests(ts: bigint): void {
    this.#transaction(() => this.#statements.of('DELETE FROM requests WHERE ts < ?').run(ts))
  }

  catalog(): StoredCatalog {
    return {
      tables: this.#statements
        .of('SELECT number, name FROM tables')
        .all()
        .map((row) => ({ number: integer(values(row)[0]), ...fromStoredName(text(values(row)[1])) })),
      indexes: this.#statements
        .of('SELECT id, table_number, name, fields FROM indexes')
        .all()
        .map((row) => ({
          id: integer(values(row)[0]),
          tableNumber: integer(values(row)[1]),
          name: text(values(row)[2]),
          fields: text(values(row)[3]).split(','),
        })),
      searchIndexes: this.#statements
        .of('SELECT id, table_number, name, search_field, filter_fields FROM search_indexes')
        .all()
        .map((row) => ({
          id: integer(values(row)[0]),
          tableNumber: integer(values(row)[1]),
          name: text(values(row)[2]),
          searchField: text(values(row)[3]),
          filterFields: text(values(row)[4])
            .split(',')
            .filter((field) => field !== ''),
        })),
    }
  }

  changeCatalog(change: CatalogChange): void {
    this.#transaction(() => {
      for (const id of change.droppedIndexes) {
        this.#statements.of('DELETE FROM entries WHERE index_id = ?').run(id)
        this.#statements.of('DELETE FROM indexes WHERE id = ?').run(id)
      }
      for (const id of change.droppedSearchIndexes) {
        this.#search.drop(id)
        this.#statements.of('DELETE FROM search_indexes WHERE id = ?').run(id)
      }
      this.#search.purge()
      this.#insertCatalog({
        tables: change.addedTables,
        indexes: change.addedIndexes,
        searchIndexes: change.addedSearchIndexes,
      })
      for (const { index, key, rowId } of change.backfill()) this.#addEntry(index, key, rowId)
      for (const { id } of change.addedSearchIndexes) this.#search.fill(id, change.backfillSearch(id))
      for (const [key, value] of Object.entries(change.meta)) {
        this.#statements.of('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value)
      }
    })
  }

  latestTs(): bigint {
    const statement = this.#statements.of('SELECT ts FROM clock')
    statement.setReadBigInts(true)
    const row = statement.get()
    return row === undefined ? 0n : bigint(values(row)[0])
  }

  readMeta(key: string): string | null {
    const row = this.#statements.of('SELECT value FROM meta WHERE key = ?').get(key)
    return row === undefined ? null : text(values(row)[0])
  }

  keepBackup(): string {
    if (this.#folder === null) throw new Error('A database that is only read has no back-ups')
    this.#endRead()
    return keepBackup(this.#folder, this.#database)
  }

  /** Whoever closes it last writes the log into the file and removes it; then what was deleted is in no file. */
  close(): void {
    try {
      this.#endRead()
      if (this.#folder !== null) this.#transaction(() => this.#search.purge())
    } finally {
      this.#database.close()
    }
    if (this.#folder === null) return
    rememberAtRest(this.#folder)
    this.#folder.release()
  }

  #writeAll(writes: readonly DocumentWrite[]): void {
    const searchChanges = new Map<number, SearchChange[]>()
    for (const write of writes) {
      const rowId = this.#write(write)
      for (const { index, isIndexed, entry } of write.searchWrites) {
        const changes = searchChanges.get(index) ?? []
        changes.push({ rowId, isIndexed, entry })
        searchChanges.set(index, changes)
      }
    }
    for (const [index, changes] of searchChanges) this.#search.change(index, changes)
  }

  /** Gives the document's row. */
  #write({ tableNumber, rowId, next, removedKeys, addedKeys }: DocumentWrite): number {
    let row = rowId
    for (const { index, key } of removedKeys) {
      this.#statements.of('DELETE FROM entries WHERE index_id = ? AND key = ?').run(index, key)
    }
    if (row === null) {
      if (next === null) throw new TypeError('A document that is not there cannot be removed')
      const inserted = this.#statements
        .of('INSERT INTO documents (table_number, size, json) VALUES (?, ?, ?)')
        .run(tableNumber, next.size, next.json)
      row = Number(inserted.lastInsertRowid)
    } else if (next === null) {
      this.#statements.of('DELETE FROM documents WHERE row_id = ?').run(row)
    } else {
      this.#statements.of('UPDATE documents SET size = ?, json = ? WHERE row_id = ?').run(next.size, next.json, row)
    }
    for (const { index, key } of addedKeys) this.#addEntry(index, key, row)
    return row
  }

  #addEntry(index: number, key: Uint8Array, rowId: number): void {
    this.#statements.of('INSERT INTO entries VALUES (?, ?, ?)').run(index, key, rowId)
  }

  #insertCatalog({ tables, indexes, searchIndexes }: StoredCatalog): void {
    for (const { number, name, component } of tables) {
      this.#statements.of('INSERT INTO tables VALUES (?, ?)').run(number, storedName(component, name))
    }
    for (const { id, tableNumber, name, fields } of indexes) {
      this.#statements.of('INSERT INTO indexes VALUES (?, ?, ?, ?)').run(id, tableNumber, name, fields.join(','))
    }
    for (const { id, tableNumber, name, searchField, filterFields } of searchIndexes) {
      this.#statements
        .of('INSERT INTO search_indexes VALUES (?, ?, ?, ?, ?)')
        .run(id, tableNumber, name, searchField, filterFields.join(','))
    }
  }

  /** Nobody else writes, so what a transaction sees is always the latest. */
  #read(): void {
    if (this.#isReading || this.#database.isTransaction) return
    this.#statements.of('BEGIN').run()
    this.#isReading = true
  }

  #endRead(): void {
    if (!this.#isReading) return
    this.#isReading = false
    this.#statements.of('COMMIT').run()
  }

  #transaction(work: () => void): void {
    this.#endRead()
    this.#statements.of('BEGIN IMMEDIATE').run()
    try {
      work()
      this.#statements.of('COMMIT').run()
    } catch (error) {
      if (this.#database.isTransaction) this.#statements.of('ROLLBACK').run()
      throw error
    }
  }
}

/** The name of a component's table stands behind the component's path: `outer/inner/name`. */
function storedName(component: string, name: string): string {
  return component === '' ? name : `${component}/${name}`
}

function fromStoredName(stored: string): { name: string; component: string } {
  const slash = stored.lastIndexOf('/')
  return { name: stored.slice(slash + 1), component: stored.slice(0, Math.max(0, slash)) }
}

function documentRow(row: ReturnType<typeof values>, at: number): DocumentRow {
  return { rowId: integer(row[at]), json: text(row[at + 1]), size: integer(row[at + 2]) }
}
