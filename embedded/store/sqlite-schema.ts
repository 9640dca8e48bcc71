import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** Raised when the layout below changes; a file of another layout is refused. */
const layout = 2

export type Durability = 'normal' | 'full'

/**
 * Write-ahead log. `normal` survives the death of the process but may lose the last commits with the power; `full`
 * survives that too, at the price of one fsync a commit. What is deleted is overwritten with zeros.
 */
export function prepareDatabase(database: DatabaseSync, durability: Durability): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'};
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
  `)
  prepareLayout(database)
  giveName(database)
}

function prepareLayout(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (found === layout) return
  if (found === 1) return addSearch(database)
  if (found !== 0) throw new Error(`The database has layout ${String(found)}; this engine knows layout ${layout}.`)
  database.exec(`
    BEGIN;
    CREATE TABLE tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE indexes (
      id INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL,
      UNIQUE (table_number, name)
    );
    CREATE TABLE documents (
      row_id INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, size INTEGER NOT NULL, json TEXT NOT NULL
    );
    CREATE TABLE entries (
      index_id INTEGER NOT NULL, key BLOB NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (index_id, key)
    ) WITHOUT ROWID;
    CREATE TABLE requests (
      session_id TEXT NOT NULL, request_id INTEGER NOT NULL, ts INTEGER NOT NULL, outcome TEXT NOT NULL,
      PRIMARY KEY (session_id, request_id)
    ) WITHOUT ROWID;
    CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), ts INTEGER NOT NULL);
    INSERT INTO clock VALUES (1, 0);
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    ${searchTables}
    PRAGMA user_version = ${layout};
    COMMIT;
  `)
}

/** Pages are large: a table that is sorted by its key would spread them over the levels of its tree. */
const searchTables = `
  CREATE TABLE search_indexes (
    id INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, name TEXT NOT NULL, search_field TEXT NOT NULL,
    filter_fields TEXT NOT NULL, UNIQUE (table_number, name)
  );
  CREATE TABLE search_segments (
    segment_id INTEGER PRIMARY KEY AUTOINCREMENT, index_id INTEGER NOT NULL, level INTEGER NOT NULL,
    first_row INTEGER NOT NULL, last_row INTEGER NOT NULL, document_count INTEGER NOT NULL,
    deleted_count INTEGER NOT NULL, deleted BLOB, documents BLOB NOT NULL
  );
  CREATE INDEX search_segments_by_level ON search_segments (index_id, level);
  CREATE TABLE search_pages (
    segment_id INTEGER NOT NULL, first_term BLOB NOT NULL, data BLOB NOT NULL, PRIMARY KEY (segment_id, first_term)
  );
`

/** From layout 1, which had no search indexes. */
function addSearch(database: DatabaseSync): void {
  database.exec(`BEGIN; ${searchTables} PRAGMA user_version = ${layout}; COMMIT;`)
}

/**
 * Names the database in a row that every commit writes, and in the file itself before the first commit: so a
 * write-ahead log can be told from that of another database.
 */
function giveName(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(clock)').all()
  if (columns.some(({ name }) => name === 'database_id')) return
  database.exec(`
    BEGIN;
    ALTER TABLE clock ADD COLUMN database_id TEXT;
    UPDATE clock SET database_id = '${randomUUID()}';
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);
  `)
}
