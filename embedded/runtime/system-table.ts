import type { IndexDefinition, TableDefinition } from './catalog.ts'
import type { Document } from './document.ts'
import type { KeyRange } from './index-scan.ts'
import type { Transaction } from './transaction.ts'

/** The first documents of a range. */
export function takeDocuments(
  transaction: Transaction,
  index: IndexDefinition,
  range: KeyRange,
  limit: number,
): Document[] {
  const scan = transaction.scan(index, range, limit)
  const documents: Document[] = []
  for (let next = scan.next(); next !== null && documents.length < limit; next = scan.next())
    documents.push(next.document)
  return documents
}

/** An index that the engine itself has given the table. */
export function ownIndex(table: TableDefinition, name: string): IndexDefinition {
  const index = table.indexes.get(name)
  if (index === undefined) throw new Error(`${table.name} lacks its index ${name}`)
  return index
}
