import { qualifiedName, type StoreCatalog, type TableDefinition } from '../runtime/catalog.ts'
import { Document } from '../runtime/document.ts'
import type { SearchIndexDefinition } from '../runtime/search-index.ts'
import { isDeleted } from '../search/deleted.ts'
import { PageEntry, termKey } from '../search/page.ts'
import { SegmentDocuments } from '../search/segment-documents.ts'
import { blob, integer, text, values, type Statements } from '../store/statements.ts'

export interface SearchCheck {
  readonly statements: Statements
  readonly catalog: StoreCatalog
  readonly report: (problem: string) => void
}

/** Reads every segment of every search index, and holds its documents against those of the table. */
export function checkSearchIndexes(check: SearchCheck): void {
  const { statements, catalog, report } = check
  const known = new Set<number>()
  for (const table of catalog.all()) {
    for (const index of table.searchIndexes.values()) {
      known.add(index.id)
      checkIndex(check, table, index)
    }
  }
  for (const row of statements.of('SELECT DISTINCT index_id FROM search_segments').iterate()) {
    const id = integer(values(row)[0])
    if (!known.has(id)) report(`There are segments of the search index ${id}, which does not exist.`)
  }
  const strays = statements
    .of('SELECT COUNT(*) FROM search_pages WHERE segment_id NOT IN (SELECT segment_id FROM search_segments)')
    .get()
  const count = integer(values(strays)[0])
  if (count > 0) report(`There are ${count} pages of search segments that do not exist.`)
}

function checkIndex({ statements, report }: SearchCheck, table: TableDefinition, index: SearchIndexDefinition): void {
  const named = `The search index "${index.name}" of table "${qualifiedName(table)}"`
  const seen = new RowSet()
  const segments = statements
    .of('SELECT segment_id, document_count, deleted_count, deleted, documents FROM search_segments WHERE index_id = ?')
    .iterate(index.id)
  for (const row of segments) {
    const [id, documentCount, deletedCount, deleted, documents] = values(row)
    const segment = {
      id: integer(id),
      documentCount: integer(documentCount),
      deletedCount: integer(deletedCount),
      deleted: deleted === null ? null : blob(deleted),
      documents: new SegmentDocuments(blob(documents)),
    }
    const say = (problem: string) => report(`${named}, segment ${segment.id}: ${problem}.`)
    try {
      checkSegmentDocuments(statements, table, index, segment, seen, say)
      checkPages(statements, segment, say)
    } catch (error) {
      say(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const total = integer(
    values(statements.of('SELECT COUNT(*) FROM documents WHERE table_number = ?').get(table.number))[0],
  )
  if (seen.size !== total) report(`${named} holds ${seen.size} of ${total} documents.`)
}

interface Segment {
  readonly id: number
  readonly documentCount: number
  readonly deletedCount: number
  readonly deleted: Uint8Array | null
  readonly documents: SegmentDocuments
}

function checkSegmentDocuments(
  statements: Statements,
  table: TableDefinition,
  index: SearchIndexDefinition,
  { documentCount, deletedCount, deleted, documents }: Segment,
  seen: RowSet,
  say: (problem: string) => void,
): void {
  if (documents.count !== documentCount) say(`it lists ${documents.count} documents and says ${documentCount}`)
  let gone = 0
  for (let number = 0; number < documents.count; number++) {
    if (isDeleted(deleted, number)) {
      gone++
      continue
    }
    const { rowId, creationTime, length } = documents.at(number)
    const row = statements.of('SELECT json, size FROM documents WHERE row_id = ? AND table_number = ?')
    const found = row.get(rowId, table.number)
    if (found === undefined) say(`it holds row ${rowId}, which is no document of the table`)
    else if (!seen.add(rowId)) say(`it holds row ${rowId}, which another part of the index holds too`)
    else {
      const [json, size] = values(found)
      const document = Document.stored({ rowId, json: text(json), size: integer(size) })
      const isAlike = document.creationTime === creationTime && document.termsAt(index.searchPath).length === length
      if (!isAlike) say(`it holds an older state of row ${rowId}`)
    }
  }
  if (gone !== deletedCount) say(`${gone} of its documents are marked as removed, and it says ${deletedCount}`)
}

function checkPages(statements: Statements, { id, documentCount }: Segment, say: (problem: string) => void): void {
  const pages = statements.of('SELECT first_term, data FROM search_pages WHERE segment_id = ? ORDER BY first_term')
  let before: Uint8Array | null = null
  for (const row of pages.iterate(id)) {
    const [firstTerm, data] = values(row)
    const entry = new PageEntry(blob(data))
    let isFirst = true
    while (entry.next()) {
      const key = termKey(entry.term)
      if (isFirst && Buffer.compare(key, blob(firstTerm)) !== 0)
        say('a page does not begin with the word it is filed under')
      isFirst = false
      if (before !== null && Buffer.compare(before, key) >= 0) return say('its words are out of order')
      before = key
      let last = -1
      entry.visitPostings((document) => (last = document))
      if (entry.end > entry.bytes.length || last !== entry.last || last >= documentCount) {
        return say('a word points to documents that are not there')
      }
    }
  }
}

/** Row numbers, one bit each. */
class RowSet {
  size = 0
  #bits = new Uint8Array(1024)

  /** Whether it was not there yet. */
  add(row: number): boolean {
    const byte = Math.floor(row / 8)
    if (byte >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2))
      larger.set(this.#bits)
      this.#bits = larger
    }
    const bit = 1 << (row % 8)
    const found = this.#bits[byte] ?? 0
    if ((found & bit) !== 0) return false
    this.#bits[byte] = found | bit
    this.size++
    return true
  }
}
