import type { SearchEntry } from '../search/search-entry.ts'
import type { IndexKey, OrderedStore, StoredIndex, StoredSearchIndex } from '../store/store.ts'
import { Catalog, type IndexDefinition, type TableDefinition } from './catalog.ts'
import { Document } from './document.ts'
import { cronIndexes, cronLogIndexes, cronLogsTable, cronsTable } from './cron-rows.ts'
import { fileNameIndexes, fileNamesTable, filesTable } from './file-rows.ts'
import { jobIndexes, jobsTable } from './jobs.ts'
import { findSchemaMismatch, isValidator, type Schema, type SearchIndexSchema } from './schema.ts'
import { searchEntryOf, withSearchPaths } from './search-index.ts'

const batch = 256
const mostMismatchesShown = 10
const metaKey = 'documentTypes'

/**
 * Brings the store's tables and indexes in line with the schema. Documents of tables whose type changed are checked
 * first: when some do not fit, it throws a list of them and nothing is changed. Before data that exists gets other
 * indexes or another type, a back-up of it is made, unless there is one already.
 */
export function applySchema(
  store: OrderedStore,
  schema: Schema,
  log: (line: string) => void,
  { hasBackup = false }: { readonly hasBackup?: boolean } = {},
): Catalog {
  const catalog = Catalog.load(store)
  const wanted = [
    { name: jobsTable, indexes: jobIndexes, searchIndexes: [] },
    { name: filesTable, indexes: [], searchIndexes: [] },
    { name: fileNamesTable, indexes: fileNameIndexes, searchIndexes: [] },
    { name: cronsTable, indexes: cronIndexes, searchIndexes: [] },
    { name: cronLogsTable, indexes: cronLogIndexes, searchIndexes: [] },
    ...[...schema.tables.values()].map(({ name, indexes, searchIndexes }) => ({ name, indexes, searchIndexes })),
  ]
  for (const { name } of wanted) catalog.table(name)
  const changed = changedTables(store, catalog, schema)
  checkDocuments(store, catalog, schema, changed, log)

  const addedTables: TableDefinition[] = []
  const addedIndexes: StoredIndex[] = []
  const droppedIndexes: number[] = []
  const addedSearchIndexes: StoredSearchIndex[] = []
  const droppedSearchIndexes: number[] = []
  for (const { name, indexes, searchIndexes } of wanted) {
    const table = catalog.table(name)
    const isNew = !catalog.isStored(table)
    const kept: StoredIndex[] = [table.byId, table.byCreationTime]
    if (isNew) {
      addedTables.push(table)
      addedIndexes.push(...kept)
    }
    for (const { name: indexName, fields } of indexes) {
      const full = [...fields, '_creationTime', '_id']
      const existing = table.indexes.get(indexName)
      if (existing !== undefined && existing.fields.join() === full.join()) {
        kept.push(existing)
      } else {
        const added = catalog.newIndex(table.number, indexName, full)
        kept.push(added)
        addedIndexes.push(added)
      }
    }
    const keptIds = new Set(kept.map(({ id }) => id))
    droppedIndexes.push(...[...table.indexes.values()].map(({ id }) => id).filter((id) => !keptIds.has(id)))
    const search = searchIndexes.map((wanted) => {
      const existing = keptSearchIndex(table, wanted)
      if (existing !== undefined) return existing
      const added = catalog.newSearchIndex({ tableNumber: table.number, ...wanted })
      addedSearchIndexes.push(added)
      return added
    })
    const keptSearchIds = new Set(search.map(({ id }) => id))
    for (const { id } of table.searchIndexes.values()) if (!keptSearchIds.has(id)) droppedSearchIndexes.push(id)
    catalog.setIndexes(table, kept, search)
  }
  const added = addedIndexes.length + addedSearchIndexes.length
  const dropped = droppedIndexes.length + droppedSearchIndexes.length
  if (added > 0 || dropped > 0) log(`Indexes: ${added} added, ${dropped} dropped`)
  const isNew = new Set(addedTables.map(({ number }) => number))
  const touched = [...addedIndexes, ...addedSearchIndexes].some(({ tableNumber }) => !isNew.has(tableNumber))
  const isChange = touched || dropped > 0 || changed.length > 0
  if (isChange && !hasBackup && hasDocuments(store, catalog)) keepBackup(store, log)
  const isAdded = new Set(addedIndexes.map(({ id }) => id))
  const tables = wanted.map(({ name }) => catalog.table(name))
  store.changeCatalog({
    addedTables,
    addedIndexes,
    droppedIndexes,
    addedSearchIndexes,
    droppedSearchIndexes,
    backfillSearch: (id) => backfillSearch(store, catalog, addedSearchIndexes, id),
    backfill: () => backfill(store, tables, (index) => isAdded.has(index.id)),
    meta: { [metaKey]: JSON.stringify(documentTypes(schema)) },
  })
  catalog.markStored(addedTables)
  return catalog
}

function hasDocuments(store: OrderedStore, catalog: Catalog): boolean {
  return [...catalog.all()].some((table) => catalog.isStored(table) && !documentsOf(store, table).next().done)
}

function keepBackup(store: OrderedStore, log: (line: string) => void): void {
  try {
    log(`The schema changed: a back-up of the data before was made, ${store.keepBackup()}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The schema changed, and no back-up of the data could be made before: ${reason}`, { cause: error })
  }
}

function* backfill(
  store: OrderedStore,
  tables: readonly TableDefinition[],
  isAdded: (index: IndexDefinition) => boolean,
): Generator<IndexKey & { rowId: number }> {
  for (const table of tables) {
    const added = [...table.indexes.values()].filter(isAdded)
    if (added.length === 0 || isAdded(table.byCreationTime)) continue
    for (const document of documentsOf(store, table)) {
      if (document.rowId === null) continue
      for (const index of added) yield { index: index.id, key: document.keyIn(index), rowId: document.rowId }
    }
  }
}

function keptSearchIndex(table: TableDefinition, wanted: SearchIndexSchema): StoredSearchIndex | undefined {
  const existing = table.searchIndexes.get(wanted.name)
  const isSame =
    existing?.searchField === wanted.searchField && existing.filterFields.join() === wanted.filterFields.join()
  return isSame ? existing : undefined
}

function* backfillSearch(
  store: OrderedStore,
  catalog: Catalog,
  added: readonly StoredSearchIndex[],
  id: number,
): Generator<{ rowId: number; entry: SearchEntry }> {
  const stored = added.find((index) => index.id === id)
  const table = stored && catalog.byNumber(stored.tableNumber)
  if (stored === undefined || table === undefined) throw new Error(`There is no search index ${id}`)
  const index = withSearchPaths(stored)
  for (const document of documentsOf(store, table)) {
    if (document.rowId !== null) yield { rowId: document.rowId, entry: searchEntryOf(index, document) }
  }
}

/** Every document of a table, the oldest first, read a few at a time. */
export function* documentsOf(store: Pick<OrderedStore, 'scan'>, table: TableDefinition): Generator<Document> {
  let lower: Uint8Array = new Uint8Array()
  for (;;) {
    const entries = store.scan({ index: table.byCreationTime.id, lower, upper: null, order: 'asc' }, batch)
    for (const { row } of entries) yield Document.stored(row)
    const last = entries.at(-1)
    if (last === undefined || entries.length < batch) return
    lower = Uint8Array.from([...last.key, 0])
  }
}

/** The tables whose document type is another than the one their documents are known to fit. */
function changedTables(store: OrderedStore, catalog: Catalog, schema: Schema): string[] {
  const before = storedTypes(store)
  return Object.entries(documentTypes(schema)).flatMap(([name, type]) =>
    before[name] === type || !catalog.isStored(catalog.table(name)) ? [] : [name],
  )
}

/** Counts all documents that do not fit, and tells of the first few. */
function checkDocuments(
  store: OrderedStore,
  catalog: Catalog,
  schema: Schema,
  names: readonly string[],
  log: (line: string) => void,
): void {
  const counts = new Map<string, number>()
  const shown: string[] = []
  for (const name of names) {
    for (const document of documentsOf(store, catalog.table(name))) {
      const mismatch = findSchemaMismatch(catalog, schema, name, document.value)
      if (mismatch === null) continue
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (shown.length < mostMismatchesShown) {
        shown.push(`Document with ID "${document.id}" in table "${name}": ${mismatch}`)
      }
    }
  }
  if (counts.size === 0) return
  for (const mismatch of shown) log(mismatch)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const byTable = [...counts].map(([name, count]) => `${name}: ${count}`).join(', ')
  throw new Error(
    `Schema validation failed: ${total} documents do not match the schema (${byTable}).\n\n${shown.join('\n\n')}`,
  )
}

/** The document types that every document of the store is known to fit, without indexes. */
export function readStoredSchema(store: Pick<OrderedStore, 'readMeta'>): Schema {
  const tables: Schema['tables'] = new Map(
    Object.entries(storedTypes(store)).flatMap(([name, type]) => {
      const documentType: unknown = JSON.parse(type)
      return isValidator(documentType)
        ? [[name, { name, documentType, indexes: [], searchIndexes: [], vectorIndexes: new Map() }]]
        : []
    }),
  )
  return { tables, isEnforced: true }
}

/** By table, as JSON. */
function storedTypes(store: Pick<OrderedStore, 'readMeta'>): Record<string, string> {
  const known = store.readMeta(metaKey)
  return known === null ? {} : JSON.parse(known)
}

function documentTypes(schema: Schema): Record<string, string> {
  if (!schema.isEnforced) return {}
  return Object.fromEntries([...schema.tables].map(([name, { documentType }]) => [name, JSON.stringify(documentType)]))
}
