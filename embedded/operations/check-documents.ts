import { getDocumentSize } from 'convex/values'
import { qualifiedName, type IndexDefinition, type StoreCatalog, type TableDefinition } from '../runtime/catalog.ts'
import { ComponentCatalog } from '../runtime/component-catalog.ts'
import { Document } from '../runtime/document.ts'
import { findSchemaMismatch, noSchema, type Schema } from '../runtime/schema.ts'
import { integer, text, values, type Statements } from '../store/statements.ts'
import { decodeDocumentId } from '../values/document-id.ts'

export interface DocumentsCheck {
  readonly statements: Statements
  readonly catalog: StoreCatalog
  /** The document types that were accepted last, by component. */
  readonly schemas: ReadonlyMap<string, Schema>
  readonly report: (problem: string) => void
}

/**
 * Looks at every document and every index entry, one at a time. Gives the documents of each table, by its number.
 */
export function checkDocuments(check: DocumentsCheck): Map<number, number> {
  const { statements, catalog, report } = check
  const counts = new Map<number, number>()
  /** Indexes of which an entry is known to be missing. */
  const lacking = new Set<number>()
  const rows = statements.of('SELECT row_id, table_number, size, json FROM documents ORDER BY row_id').iterate()
  for (const row of rows) {
    const [rowId, tableNumber, size, json] = values(row)
    const number = integer(tableNumber)
    counts.set(number, (counts.get(number) ?? 0) + 1)
    const table = catalog.byNumber(number)
    if (table === undefined) {
      report(`The document in row ${integer(rowId)} belongs to table ${number}, which does not exist.`)
      continue
    }
    const stored = { rowId: integer(rowId), size: integer(size), json: text(json) }
    const document = decode(stored, table, report)
    if (document !== null) checkDocument(check, table, document, lacking)
  }
  checkEntries(check, counts, lacking)
  return counts
}

function decode(
  row: { rowId: number; size: number; json: string },
  table: TableDefinition,
  report: (problem: string) => void,
): Document | null {
  try {
    const document = Document.stored(row)
    // Asked for, so that what is missing is missed.
    void [document.id, document.creationTime]
    return document
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report(`The document in row ${row.rowId} of table "${qualifiedName(table)}" cannot be decoded: ${reason}.`)
    return null
  }
}

function checkDocument(
  { statements, catalog, schemas, report }: DocumentsCheck,
  table: TableDefinition,
  document: Document,
  lacking: Set<number>,
): void {
  const named = `The document "${document.id}" in table "${qualifiedName(table)}"`
  const id = decodeDocumentId(document.id)
  if (id === null) report(`${named} has an id that is none.`)
  else if (id.tableNumber !== table.number) report(`${named} has an id of table ${id.tableNumber}.`)
  if (getDocumentSize(document.value) !== document.size) report(`${named} is stored with a wrong size.`)
  const visible = new ComponentCatalog(catalog, table.component)
  const schema = schemas.get(table.component) ?? noSchema
  const mismatch = findSchemaMismatch(visible, schema, table.name, document.value)
  if (mismatch !== null) report(`${named} does not fit its schema: ${mismatch.replaceAll(/\s*\n\s*/g, ' ')}`)
  for (const index of table.indexes.values()) {
    const entry = statements
      .of('SELECT row_id FROM entries WHERE index_id = ? AND key = ?')
      .get(index.id, document.keyIn(index))
    if (entry !== undefined && integer(values(entry)[0]) === document.rowId) continue
    lacking.add(index.id)
    report(`${named} is not in the index "${index.name}".`)
  }
}

/** When no document lacks its entry and there are as many entries as documents, each entry is one of those. */
function checkEntries(
  { statements, catalog, report }: DocumentsCheck,
  counts: ReadonlyMap<number, number>,
  lacking: ReadonlySet<number>,
): void {
  const indexes = new Map<number, { table: TableDefinition; index: IndexDefinition }>()
  for (const table of catalog.all()) for (const index of table.indexes.values()) indexes.set(index.id, { table, index })
  const rows = statements.of('SELECT index_id, COUNT(*) FROM entries GROUP BY index_id').iterate()
  for (const row of rows) {
    const [id, count] = values(row)
    const found = indexes.get(integer(id))
    if (found === undefined) {
      report(`There are ${integer(count)} entries of index ${integer(id)}, which does not exist.`)
    } else if (lacking.has(found.index.id) || integer(count) !== (counts.get(found.table.number) ?? 0)) {
      findStrayEntries(statements, found.table, found.index, report)
    }
  }
}

function findStrayEntries(
  statements: Statements,
  table: TableDefinition,
  index: IndexDefinition,
  report: (problem: string) => void,
): void {
  const named = `The index "${index.name}" of table "${qualifiedName(table)}"`
  const rows = statements
    .of(
      `SELECT e.row_id, e.key, d.table_number, d.json, d.size FROM entries e LEFT JOIN documents d ON d.row_id = e.row_id
       WHERE e.index_id = ?`,
    )
    .iterate(index.id)
  for (const row of rows) {
    const [rowId, key, tableNumber, json, size] = values(row)
    const entry = integer(rowId)
    if (tableNumber === null) report(`${named} points to row ${entry}, where there is no document.`)
    else if (tableNumber !== table.number) report(`${named} points to row ${entry}, a document of another table.`)
    else if (key instanceof Uint8Array) {
      const document = decode({ rowId: entry, json: text(json), size: integer(size) }, table, () => undefined)
      if (document !== null && Buffer.compare(document.keyIn(index), key) !== 0) {
        report(`${named} has an entry for row ${entry} under a key that its document does not have.`)
      }
    }
  }
}
