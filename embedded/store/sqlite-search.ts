import { afterPrefix } from '../values/index-key.ts'
import { isDeleted, withDeleted, type DeletedDocuments } from '../search/deleted.ts'
import { FoundTerms } from '../search/found-terms.ts'
import { Matches } from '../search/matches.ts'
import { mergeSegments, type MergeSource } from '../search/merge.ts'
import { PageEntry, termKey } from '../search/page.ts'
import { weighted, type SearchEntry, type SearchQuery } from '../search/search-entry.ts'
import { SegmentBuilder, type EncodedSegment } from '../search/segment.ts'
import { SegmentDocuments } from '../search/segment-documents.ts'
import { blob, integer, values, type Statements } from './statements.ts'

/** How many segments of one level are merged into one of the next. */
const fanIn = 8
/** A segment's level is how many of these sizes, in bytes, it exceeds; of the last level, none is merged again. */
const levelSizes = [4 << 10, 32 << 10, 256 << 10]
/** A longer commit, or the filling of a new index, makes several segments. */
const mostPostings = 200_000
/** Of the documents of a segment; when more of them are gone it is written anew. */
const mostDeleted = 1 / 4
const beyondAllTerms = Uint8Array.of(0xff, 0xff, 0xff)

export interface SearchChange {
  readonly rowId: number
  /** Whether the index holds the document. */
  readonly isIndexed: boolean
  /** What it is to hold; null: nothing. */
  readonly entry: SearchEntry | null
}

interface TermKeys {
  readonly bytes: Uint8Array
  readonly key: Uint8Array
  readonly isPrefix: boolean
}

interface StoredSegment {
  readonly id: number
  readonly documentCount: number
  readonly deleted: DeletedDocuments | null
}

/**
 * Search indexes in ordinary tables. Every commit adds a segment of its own; small segments are merged into larger
 * ones as they become many, so that a search looks into few, and no merge takes long. All of it happens inside the
 * store's transaction.
 */
export class SqliteSearch {
  readonly #statements: Statements
  /** How often each index was changed. */
  readonly #changes = new Map<number, number>()

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** See `OrderedStore.search`. A step is a segment. */
  *find(index: number, query: SearchQuery, hidden: ReadonlySet<number>): Generator<void, Matches | null> {
    const changes = this.#changes.get(index)
    const matches = new Matches(query.terms.length)
    const terms = query.terms.map(({ text, isPrefix }) => ({ ...keysOf(text), isPrefix }))
    const filters = query.filters.map((text) => ({ ...keysOf(text), isPrefix: false }))
    for (const segment of this.#segmentsOf(index)) {
      yield
      if (this.#changes.get(index) !== changes) return null
      this.#findIn(segment, terms, filters, hidden, matches)
    }
    return matches
  }

  change(index: number, changes: Iterable<SearchChange>): void {
    this.#changes.set(index, (this.#changes.get(index) ?? 0) + 1)
    const removed = new Set<number>()
    const added: SearchChange[] = []
    for (const change of changes) {
      if (change.isIndexed) removed.add(change.rowId)
      if (change.entry !== null) added.push(change)
    }
    if (removed.size > 0) this.#remove(index, removed)
    if (added.length > 0) this.fill(index, added)
  }

  /** Adds documents that the index does not hold yet. */
  fill(index: number, documents: Iterable<{ readonly rowId: number; readonly entry: SearchEntry | null }>): void {
    let builder = new SegmentBuilder()
    const flush = () => {
      this.#insert(index, builder.finish())
      builder = new SegmentBuilder()
      this.#mergeFull(index)
    }
    for (const { rowId, entry } of documents) {
      if (entry !== null) builder.add(rowId, entry)
      if (builder.postingCount >= mostPostings) flush()
    }
    flush()
  }

  drop(index: number): void {
    this.#statements
      .of('DELETE FROM search_pages WHERE segment_id IN (SELECT segment_id FROM search_segments WHERE index_id = ?)')
      .run(index)
    this.#statements.of('DELETE FROM search_segments WHERE index_id = ?').run(index)
  }

  /** Takes the words of documents that are gone out of the file. */
  purge(): void {
    const rows = this.#statements.of('SELECT index_id, segment_id FROM search_segments WHERE deleted IS NOT NULL').all()
    for (const row of rows) this.#merge(integer(values(row)[0]), [integer(values(row)[1])])
  }

  #findIn(
    segment: StoredSegment,
    terms: readonly TermKeys[],
    filters: readonly TermKeys[],
    hidden: ReadonlySet<number>,
    matches: Matches,
  ): void {
    const passed = this.#passFilters(segment, filters)
    if (passed === null) return
    const found = new FoundTerms(segment.documentCount, terms.length)
    for (const [position, term] of terms.entries()) {
      this.#visitEntries(segment.id, term, (entry, isExact) =>
        entry.visitPostings((document, count) => {
          if (passed[document] !== filters.length || isDeleted(segment.deleted, document)) return
          found.add(document, position, isExact ? weighted(count, 0) : weighted(0, count))
        }),
      )
    }
    if (found.isEmpty) return
    const documents = this.#documentsOf(segment.id)
    found.visit((document, frequencies, start) => {
      const { rowId, creationTime, length } = documents.at(document)
      if (!hidden.has(rowId)) matches.push(rowId, creationTime, length, frequencies, start)
    })
  }

  /** How many of the filters each document fulfils; null when none fulfils all. */
  #passFilters(segment: StoredSegment, filters: readonly TermKeys[]): Uint8Array | null {
    const passed = new Uint8Array(segment.documentCount)
    for (const filter of filters) {
      let isFound = false
      this.#visitEntries(segment.id, filter, (entry) => {
        isFound = true
        entry.visitPostings((document) => (passed[document] = (passed[document] ?? 0) + 1))
      })
      if (!isFound) return null
    }
    return passed
  }

  #visitEntries(
    segment: number,
    { bytes, key, isPrefix }: TermKeys,
    visit: (entry: PageEntry, isExact: boolean) => void,
  ): void {
    const visitPage = (row: unknown) => {
      const entry = new PageEntry(blob(values(row)[0]))
      while (entry.next()) {
        const found = entry.compare(bytes)
        if (found === 'equal') visit(entry, true)
        else if (found === 'longer' && isPrefix) visit(entry, false)
      }
    }
    const first = this.#statements
      .of('SELECT data FROM search_pages WHERE segment_id = ? AND first_term <= ? ORDER BY first_term DESC LIMIT 1')
      .get(segment, key)
    if (first !== undefined) visitPage(first)
    if (!isPrefix) return
    const further = this.#statements
      .of('SELECT data FROM search_pages WHERE segment_id = ? AND first_term > ? AND first_term < ?')
      .all(segment, key, afterPrefix(key) ?? beyondAllTerms)
    for (const row of further) visitPage(row)
  }

  #remove(index: number, rowIds: ReadonlySet<number>): void {
    const sorted = [...rowIds].toSorted((left, right) => left - right)
    const rows = this.#statements
      .of(
        `SELECT segment_id, document_count, deleted, deleted_count FROM search_segments
         WHERE index_id = ? AND first_row <= ? AND last_row >= ?`,
      )
      .all(index, sorted.at(-1) ?? 0, sorted[0] ?? 0)
    for (const row of rows) {
      const segment = segmentOf(values(row))
      const documents = this.#documentsOf(segment.id)
      const gone: number[] = []
      for (let document = 0; document < documents.count; document++) {
        if (rowIds.has(documents.rowIdAt(document)) && !isDeleted(segment.deleted, document)) gone.push(document)
      }
      if (gone.length === 0) continue
      const deletedCount = integer(values(row)[3]) + gone.length
      this.#statements
        .of('UPDATE search_segments SET deleted = ?, deleted_count = ? WHERE segment_id = ?')
        .run(withDeleted(segment.deleted, segment.documentCount, gone), deletedCount, segment.id)
      if (deletedCount > segment.documentCount * mostDeleted) this.#merge(index, [segment.id])
    }
  }

  #mergeFull(index: number): void {
    for (const level of levelSizes.keys()) {
      const ids = this.#statements
        .of('SELECT segment_id FROM search_segments WHERE index_id = ? AND level = ? ORDER BY segment_id')
        .all(index, level)
        .map((row) => integer(values(row)[0]))
      if (ids.length >= fanIn) this.#merge(index, ids)
    }
  }

  /** Writes the documents of some segments that are still there into a new one. */
  #merge(index: number, ids: readonly number[]): void {
    const merged = mergeSegments(ids.map((id) => this.#sourceOf(id)))
    for (const id of ids) {
      this.#statements.of('DELETE FROM search_pages WHERE segment_id = ?').run(id)
      this.#statements.of('DELETE FROM search_segments WHERE segment_id = ?').run(id)
    }
    this.#insert(index, merged)
  }

  #sourceOf(segment: number): MergeSource {
    const row = values(
      this.#statements.of('SELECT documents, deleted FROM search_segments WHERE segment_id = ?').get(segment),
    )
    const pages = this.#statements.of('SELECT data FROM search_pages WHERE segment_id = ? ORDER BY first_term')
    return {
      documents: new SegmentDocuments(blob(row[0])),
      deleted: row[1] === null ? null : blob(row[1]),
      pages: pages.all(segment).map((page) => blob(values(page)[0])),
    }
  }

  #insert(index: number, { documents, pages, size }: EncodedSegment): void {
    if (documents.count === 0) return
    const level = levelSizes.filter((least) => size >= least).length
    const inserted = this.#statements
      .of(
        `INSERT INTO search_segments
         (index_id, level, first_row, last_row, document_count, deleted_count, documents) VALUES (?, ?, ?, ?, ?, 0, ?)`,
      )
      .run(index, level, documents.firstRow, documents.lastRow, documents.count, documents.toBytes())
    const insertPage = this.#statements.of('INSERT INTO search_pages VALUES (?, ?, ?)')
    for (const { firstTerm, data } of pages) insertPage.run(inserted.lastInsertRowid, firstTerm, data)
  }

  #segmentsOf(index: number): StoredSegment[] {
    return this.#statements
      .of('SELECT segment_id, document_count, deleted FROM search_segments WHERE index_id = ? ORDER BY segment_id')
      .all(index)
      .map((row) => segmentOf(values(row)))
  }

  #documentsOf(segment: number): SegmentDocuments {
    const row = this.#statements.of('SELECT documents FROM search_segments WHERE segment_id = ?').get(segment)
    return new SegmentDocuments(blob(values(row)[0]))
  }
}

function segmentOf([id, documentCount, deleted]: ReturnType<typeof values>): StoredSegment {
  return {
    id: integer(id),
    documentCount: integer(documentCount),
    deleted: deleted === null ? null : blob(deleted),
  }
}

function keysOf(term: string): { bytes: Uint8Array; key: Uint8Array } {
  return { bytes: Buffer.from(term), key: termKey(term) }
}
