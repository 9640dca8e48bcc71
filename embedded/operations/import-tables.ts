import { StringDecoder } from 'node:string_decoder'
import type { JSONValue } from 'convex/values'
import { qualifiedName, StoreCatalog, type TableDefinition } from '../runtime/catalog.ts'
import { Document } from '../runtime/document.ts'
import { CommitClock } from '../store/commit-clock.ts'
import type { DocumentWrite, OrderedStore, StoredTable } from '../store/store.ts'
import { decodeDocumentId } from '../values/document-id.ts'
import { isJsonObject } from '../values/json-object.ts'
import { componentOfEntry, documentsEntry, tableOfEntry, tablesEntry } from './snapshot-layout.ts'
import type { ZipReader } from './zip-reader.ts'

/** Documents written at once, and their bytes. */
const batchDocuments = 500
const batchBytes = 4 << 20

/** Fills an empty store with the tables of a snapshot. Gives the documents of each. Throws a sentence. */
export async function importTables(
  zip: ZipReader,
  store: OrderedStore,
  log: (line: string) => void,
): Promise<Map<string, number>> {
  const tables = await addTables(zip, store)
  for (const name of zip.entries.keys()) {
    if (componentOfEntry(name) === null && tableOfEntry(name) === null && !name.endsWith('/')) log(`Left out: ${name}`)
  }
  const clock = new CommitClock(store.latestTs(), Date.now())
  const counts = new Map<string, number>()
  for (const table of tables) {
    let writes: DocumentWrite[] = []
    let bytes = 0
    const flush = () => {
      const ts = clock.next(Date.now())
      store.commit({ ts, writes, tables: [], indexes: [] })
      clock.advance(ts)
      writes = []
      bytes = 0
    }
    let count = 0
    for await (const { line, number } of readLines(zip, documentsEntry(table))) {
      const document = toDocument(line, table, `${documentsEntry(table)}, line ${number}`)
      writes.push(toWrite(table, document))
      bytes += document.json.length
      count++
      if (writes.length >= batchDocuments || bytes >= batchBytes) flush()
    }
    if (writes.length > 0) flush()
    counts.set(qualifiedName(table), count)
  }
  return counts
}

/** Makes the tables with the numbers that their documents' ids hold. */
async function addTables(zip: ZipReader, store: OrderedStore): Promise<TableDefinition[]> {
  const addedTables = await readTables(zip)
  // A table without documents keeps its number too: ids of its documents may stand elsewhere.
  const known = new Set(addedTables.map(qualifiedName))
  for (const entry of zip.entries.keys()) {
    const table = tableOfEntry(entry)
    if (table === null || known.has(qualifiedName(table))) continue
    throw new Error(`${tablesEntry(table.component)} has no number for the table "${table.name}".`)
  }
  if (new Set(addedTables.map(({ number }) => number)).size < addedTables.length) {
    throw new Error(`${tablesEntry('')} gives two tables the same number, or those of components do.`)
  }
  const catalog = new StoreCatalog()
  const addedIndexes = addedTables.flatMap(({ number }) => [
    catalog.newIndex(number, 'by_id', ['_id']),
    catalog.newIndex(number, 'by_creation_time', ['_creationTime', '_id']),
  ])
  store.changeCatalog({
    addedTables,
    addedIndexes,
    droppedIndexes: [],
    addedSearchIndexes: [],
    droppedSearchIndexes: [],
    backfill: () => [],
    backfillSearch: () => [],
    meta: {},
  })
  return [...StoreCatalog.load(store).all()]
}

/** Those of the app and of all components, without those of the system. */
async function readTables(zip: ZipReader): Promise<StoredTable[]> {
  const tables: StoredTable[] = []
  for (const entry of zip.entries.keys()) {
    const component = componentOfEntry(entry)
    if (component === null) continue
    for await (const { line, number } of readLines(zip, entry)) {
      const json = parse(line, `${entry}, line ${number}`)
      if (!isJsonObject(json) || typeof json['name'] !== 'string' || !Number.isSafeInteger(json['id'])) {
        throw new Error(`${entry}, line ${number}: this is no table with its number.`)
      }
      if (!json['name'].startsWith('_')) tables.push({ component, name: json['name'], number: Number(json['id']) })
    }
  }
  return tables
}

/** Lines end with a newline and with nothing else: JSON may hold U+2028, which `node:readline` takes for an end. */
async function* readLines(zip: ZipReader, name: string): AsyncGenerator<{ line: string; number: number }> {
  const entry = zip.entries.get(name)
  if (entry === undefined) return
  const decoder = new StringDecoder('utf8')
  let number = 0
  let rest = ''
  for await (const bytes of zip.read(entry)) {
    const lines = `${rest}${decoder.write(bytes)}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      number++
      if (line.trim() !== '') yield { line, number }
    }
  }
  if (rest.trim() !== '') yield { line: rest, number: number + 1 }
}

function toDocument(line: string, table: TableDefinition, where: string): Document {
  const json = parse(line, where)
  try {
    const document = Document.written(json)
    const id = decodeDocumentId(document.id)
    if (id?.tableNumber !== table.number) throw new Error(`"${document.id}" is no id of the table "${table.name}"`)
    // Asked for, so that what is missing is missed.
    void document.creationTime
    return document
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}.`, { cause: error })
  }
}

function parse(line: string, where: string): JSONValue {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new Error(`${where}: this is no JSON.`, { cause: error })
  }
}

function toWrite(table: TableDefinition, document: Document): DocumentWrite {
  const { json, size } = document
  return {
    tableNumber: table.number,
    rowId: null,
    next: { json, size },
    removedKeys: [],
    addedKeys: [table.byId, table.byCreationTime].map((index) => ({ index: index.id, key: document.keyIn(index) })),
    searchWrites: [],
  }
}
