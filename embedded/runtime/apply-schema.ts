import type { IndexKey, OrderedStore, StoredIndex } from '../store/store.ts'
import { Catalog, type IndexDefinition, type TableDefinition } from './catalog.ts'
import { Document } from './document.ts'
import { jobIndexes, jobsTable } from './jobs.ts'
import { findSchemaMismatch, type Schema } from './schema.ts'

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
    { name: jobsTable, indexes: jobIndexes },
    ...[...schema.tables.values()].map(({ name, indexes }) => ({ name, indexes })),
  ]
  for (const { name } of wanted) catalog.table(name)
  checkDocuments(store, catalog, schema)

  const addedTables: TableDefinition[] = []
  const addedIndexes: StoredIndex[] = []
  const droppedIndexes: number[] = []
  for (const { name, indexes } of wanted) {
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
    catalog.setIndexes(table, kept)
  }
  if (addedIndexes.length > 0 || droppedIndexes.length > 0) {
    log(`Indexes: ${addedIndexes.length} added, ${droppedIndexes.length} dropped`)
  }
  const isAdded = new Set(addedIndexes.map(({ id }) => id))
  const tables = wanted.map(({ name }) => catalog.table(name))
  store.changeCatalog({
    addedTables,
    addedIndexes,
    droppedIndexes,
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
