import type { OrderedStore, StoredIndex, StoredSearchIndex, StoredTable } from '../store/store.ts'
import { parseFieldPath, type FieldPath } from '../values/field-path.ts'
import { withSearchPaths, type SearchIndexDefinition } from './search-index.ts'

export interface IndexDefinition extends StoredIndex {
  /** All fields of the key, the tie-breakers `_creationTime` and `_id` included. */
  readonly paths: readonly FieldPath[]
}

export interface TableDefinition extends StoredTable {
  readonly byId: IndexDefinition
  readonly byCreationTime: IndexDefinition
  /** By name, the two built-in ones included. */
  readonly indexes: ReadonlyMap<string, IndexDefinition>
  readonly searchIndexes: ReadonlyMap<string, SearchIndexDefinition>
}

/** The tables of one component. */
export interface Catalog {
  find(name: string): TableDefinition | undefined
  byNumber(number: number): TableDefinition | undefined
  /** The table of this name, made when there is none. */
  table(name: string): TableDefinition
}

const firstUserTable = 10_001

/**
 * Tables and indexes of the app and all components, by name and number. A table comes into being when its name is first
 * used and is stored together with its first document; until then its number may change with the next start.
 */
export class StoreCatalog implements Catalog {
  /** By component and name. */
  #byName = new Map<string, TableDefinition>()
  #byNumber = new Map<number, TableDefinition>()
  #stored = new Set<number>()
  #nextIndex = 1

  static load(store: Pick<OrderedStore, 'catalog'>): StoreCatalog {
    const catalog = new StoreCatalog()
    const { tables, indexes, searchIndexes } = store.catalog()
    for (const { id } of [...indexes, ...searchIndexes]) catalog.#nextIndex = Math.max(catalog.#nextIndex, id + 1)
    for (const table of tables) {
      catalog.#add(
        table,
        indexes.filter(({ tableNumber }) => tableNumber === table.number),
        searchIndexes.filter(({ tableNumber }) => tableNumber === table.number),
      )
      catalog.#stored.add(table.number)
    }
    return catalog
  }

  /** Becomes like another catalog of the same store. */
  adopt(other: StoreCatalog): void {
    this.#byName = other.#byName
    this.#byNumber = other.#byNumber
    this.#stored = other.#stored
    this.#nextIndex = other.#nextIndex
  }

  find(name: string, component = ''): TableDefinition | undefined {
    return this.#byName.get(qualifiedName({ name, component }))
  }

  /** The tables of this name in all components, in those too that are installed no more. */
  named(name: string): TableDefinition[] {
    return [...this.#byName.values()].filter((table) => table.name === name)
  }

  byNumber(number: number): TableDefinition | undefined {
    return this.#byNumber.get(number)
  }

  table(name: string, component = ''): TableDefinition {
    const table = this.find(name, component)
    if (table !== undefined) return table
    if (!/^_?[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw new Error(`Invalid table name: '${name}'`)
    const number = this.#freeNumber(name.startsWith('_') ? 1 : firstUserTable)
    const builtIn = { byId: ['_id'], byCreationTime: ['_creationTime', '_id'] }
    const indexes = [
      this.newIndex(number, 'by_id', builtIn.byId),
      this.newIndex(number, 'by_creation_time', builtIn.byCreationTime),
    ]
    return this.#add({ number, name, component }, indexes, [])
  }

  newIndex(tableNumber: number, name: string, fields: readonly string[]): StoredIndex {
    return { id: this.#nextIndex++, tableNumber, name, fields }
  }

  newSearchIndex(index: Omit<StoredSearchIndex, 'id'>): StoredSearchIndex {
    return { ...index, id: this.#nextIndex++ }
  }

  /** Replaces the indexes of a table; the built-in ones must be among them. */
  setIndexes(
    table: TableDefinition,
    indexes: readonly StoredIndex[],
    searchIndexes: readonly StoredSearchIndex[],
  ): void {
    this.#add(table, indexes, searchIndexes)
  }

  isStored(table: TableDefinition): boolean {
    return this.#stored.has(table.number)
  }

  markStored(tables: Iterable<TableDefinition>): void {
    for (const { number } of tables) this.#stored.add(number)
  }

  all(): IterableIterator<TableDefinition> {
    return this.#byName.values()
  }

  #add(
    { number, name, component }: StoredTable,
    stored: readonly StoredIndex[],
    storedSearch: readonly StoredSearchIndex[],
  ): TableDefinition {
    const indexes = new Map(stored.map((index) => [index.name, withPaths(index)]))
    const byId = indexes.get('by_id')
    const byCreationTime = indexes.get('by_creation_time')
    if (byId === undefined || byCreationTime === undefined) throw new Error(`Table ${name} lacks a built-in index`)
    const searchIndexes = new Map(storedSearch.map((index) => [index.name, withSearchPaths(index)]))
    const table = { number, name, component, byId, byCreationTime, indexes, searchIndexes }
    this.#byName.set(qualifiedName(table), table)
    this.#byNumber.set(number, table)
    return table
  }

  #freeNumber(first: number): number {
    let number = first
    while (this.#byNumber.has(number)) number++
    return number
  }
}

/** The table's name behind its component's path: `outer/inner/name`. */
export function qualifiedName({ component, name }: Pick<StoredTable, 'component' | 'name'>): string {
  return component === '' ? name : `${component}/${name}`
}

function withPaths(index: StoredIndex): IndexDefinition {
  return { ...index, paths: index.fields.map(parseFieldPath) }
}
