import type { SearchEntry } from '../search/search-entry.ts'
import type { IndexKey, OrderedStore, StoredIndex, StoredSearchIndex } from '../store/store.ts'
import { qualifiedName, StoreCatalog, type IndexDefinition, type TableDefinition } from './catalog.ts'
import { ComponentCatalog } from './component-catalog.ts'
import { Document } from './document.ts'
import { cronIndexes, cronLogIndexes, cronLogsTable, cronsTable } from './cron-rows.ts'
import { fileNameIndexes, fileNamesTable, filesTable } from './file-rows.ts'
import { jobIndexes, jobsTable } from './jobs.ts'
import { findSchemaMismatch, isValidator, type Schema, type SearchIndexSchema } from './schema.ts'
import { searchEntryOf, withSearchPaths } from './search-index.ts'

const batch = 256
const mostMismatchesShown = 10
const metaKey = 'documentTypes'

/** The schema of the app, whose path is empty, or of a component. */
export interface ComponentSchema {
  readonly path: string
  readonly schema: Schema
}

/**
 * Brings the store's tables and indexes in line with the schemas. Documents of tables whose type changed are checked
 * first: when some do not fit, it throws a list of them and nothing is changed. Before data that exists gets other
 * indexes or another type, a back-up of it is made, unless there is one already.
 */
export function applySchema(
  store: OrderedStore,
  components: readonly ComponentSchema[],
  log: (line: string) => void,
  { hasBackup = false }: { readonly hasBackup?: boolean } = {},
): StoreCatalog {
  const catalog = StoreCatalog.load(store)
  const wanted = components.flatMap(({ path, schema }) => [
    { component: path, name: cronsTable, indexes: cronIndexes, searchIndexes: [] },
    { component: path, name: cronLogsTable, indexes: cronLogIndexes, searchIndexes: [] },
    { component: path, name: jobsTable, indexes: jobIndexes, searchIndexes: [] },
    { component: path, name: filesTable, indexes: [], searchIndexes: [] },
    { component: path, name: fileNamesTable, indexes: fileNameIndexes, searchIndexes: [] },
    ...[...schema.tables.values()].map((table) => ({ component: path, ...table })),
  ])
  for (const { name, component } of wanted) catalog.table(name, component)
  const changed = changedTables(store, catalog, components)
  checkDocuments(store, catalog, changed, log)

  const addedTables: TableDefinition[] = []
  const addedIndexes: StoredIndex[] = []
  const droppedIndexes: number[] = []
  const addedSearchIndexes: StoredSearchIndex[] = []
  const droppedSearchIndexes: number[] = []
  for (const { component, name, indexes, searchIndexes } of wanted) {
    const table = catalog.table(name, component)
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
  const tables = wanted.map(({ name, component }) => catalog.table(name, component))
  store.changeCatalog({
    addedTables,
    addedIndexes,
    droppedIndexes,
    addedSearchIndexes,
    droppedSearchIndexes,
    backfillSearch: (id) => backfillSearch(store, catalog, addedSearchIndexes, id),
    backfill: () => backfill(store, tables, (index) => isAdded.has(index.id)),
    meta: { [metaKey]: JSON.stringify(Object.assign({}, ...components.map(documentTypes))) },
  })
  catalog.markStored(addedTables)
  return catalog
}

function hasDocuments(store: OrderedStore, catalog: StoreCatalog): boolean {
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
  catalog: StoreCatalog,
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

interface ChangedTable {
  readonly table: TableDefinition
  readonly schema: Schema
}

/** The tables whose document type is another than the one their documents are known to fit. */
function changedTables(
  store: OrderedStore,
  catalog: StoreCatalog,
  components: readonly ComponentSchema[],
): ChangedTable[] {
  const before = storedTypes(store)
  return components.flatMap((component) => {
    const after = documentTypes(component)
    return [...component.schema.tables.keys()].flatMap((name) => {
      const table = catalog.table(name, component.path)
      const key = qualifiedName(table)
      return before[key] === after[key] || !catalog.isStored(table) ? [] : [{ table, schema: component.schema }]
    })
  })
}

/** Counts all documents that do not fit, and tells of the first few. */
function checkDocuments(
  store: OrderedStore,
  catalog: StoreCatalog,
  changed: readonly ChangedTable[],
  log: (line: string) => void,
): void {
  const counts = new Map<string, number>()
  const shown: string[] = []
  for (const { table, schema } of changed) {
    const name = qualifiedName(table)
    const visible = new ComponentCatalog(catalog, table.component)
    for (const document of documentsOf(store, table)) {
      const mismatch = findSchemaMismatch(visible, schema, table.name, document.value)
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

/** The document types that every document of the store is known to fit, without indexes; by component. */
export function readStoredSchemas(store: Pick<OrderedStore, 'readMeta'>): ReadonlyMap<string, Schema> {
  const tables = Object.entries(storedTypes(store)).flatMap(([key, type]) => {
    const documentType: unknown = JSON.parse(type)
    const slash = key.lastIndexOf('/')
    const [component, name] = [key.slice(0, Math.max(0, slash)), key.slice(slash + 1)]
    return isValidator(documentType)
      ? [{ component, name, documentType, indexes: [], searchIndexes: [], vectorIndexes: new Map() }]
      : []
  })
  const byComponent = Map.groupBy(tables, ({ component }) => component)
  return new Map(
    Array.from(byComponent, ([component, own]) => [
      component,
      { tables: new Map(own.map((table) => [table.name, table])), isEnforced: true },
    ]),
  )
}

/** By the table's qualified name, as JSON. */
function storedTypes(store: Pick<OrderedStore, 'readMeta'>): Record<string, string> {
  const known = store.readMeta(metaKey)
  return known === null ? {} : JSON.parse(known)
}

function documentTypes({ path, schema }: ComponentSchema): Record<string, string> {
  if (!schema.isEnforced) return {}
  return Object.fromEntries(
    [...schema.tables].map(([name, { documentType }]) => [
      qualifiedName({ component: path, name }),
      JSON.stringify(documentType),
    ]),
  )
}
