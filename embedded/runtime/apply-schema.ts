import type { SearchEntry } from '../search/search-entry.ts'
import type { IndexKey, OrderedStore, StoredIndex, StoredSearchIndex } from '../store/store.ts'
import { Catalog, type IndexDefinition, type TableDefinition } from './catalog.ts'
import { Document } from './document.ts'
import { cronIndexes, cronLogIndexes, cronLogsTable, cronsTable } from './cron-rows.ts'
import { jobIndexes, jobsTable } from './jobs.ts'
import { findSchemaMismatch, type Schema, type SearchIndexSchema } from './schema.ts'
import { searchEntryOf, withSearchPaths } from './search-index.ts'

const batch = 256
const mostMismatchesShown = 10
const metaKey = 'documentTypes'

/**
 * Brings the store's tables and indexes in line with the schema. Documents of tables whose type changed are checked
 * first: when some do not fit, it throws a list of them and nothing is changed.
 */
export function applySchema(store: OrderedStore, schema: Schema, log: (line: string) => void): Catalog {
  const catalog = Catalog.load(store)
  const wanted = [
    { name: jobsTable, indexes: jobIndexes, searchIndexes: [] },
    { name: cronsTable, indexes: cronIndexes, searchIndexes: [] },
    { name: cronLogsTable, indexes: cronLogIndexes, searchIndexes: [] },
    ...[...schema.tables.values()].map(({ name, indexes, searchIndexes }) => ({ name, indexes, searchIndexes })),
  ]
  for (const { name } of wanted) catalog.table(name)
  checkDocuments(store, catalog, schema)

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

function* documentsOf(store: OrderedStore, table: TableDefinition): Generator<Document> {
  let lower: Uint8Array = new Uint8Array()
  for (;;) {
    const entries = store.scan({ index: table.byCreationTime.id, lower, upper: null, order: 'asc' }, batch)
    for (const { row } of entries) yield Document.stored(row)
    const last = entries.at(-1)
    if (last === undefined || entries.length < batch) return
    lower = Uint8Array.from([...last.key, 0])
  }
}

function checkDocuments(store: OrderedStore, catalog: Catalog, schema: Schema): void {
  if (!schema.isEnforced) return
  const known = store.readMeta(metaKey)
  const before: Record<string, string> = known === null ? {} : JSON.parse(known)
  const mismatches: string[] = []
  for (const [name, type] of Object.entries(documentTypes(schema))) {
    const table = catalog.table(name)
    if (before[name] === type || !catalog.isStored(table)) continue
    for (const document of documentsOf(store, table)) {
      const mismatch = findSchemaMismatch(catalog, schema, name, document.value)
      if (mismatch !== null) mismatches.push(`Document with ID "${document.id}" in table "${name}": ${mismatch}`)
    }
  }
  if (mismatches.length === 0) return
  const shown = mismatches.slice(0, mostMismatchesShown).join('\n\n')
  throw new Error(`Schema validation failed: ${mismatches.length} documents do not match the schema.\n\n${shown}`)
}

function documentTypes(schema: Schema): Record<string, string> {
  if (!schema.isEnforced) return {}
  return Object.fromEntries([...schema.tables].map(([name, { documentType }]) => [name, JSON.stringify(documentType)]))
}
