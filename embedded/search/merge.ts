import { isDeleted, type DeletedDocuments } from './deleted.ts'
import { PageEntry, PageWriter, PostingsWriter } from './page.ts'
import type { EncodedSegment } from './segment.ts'
import { SegmentDocumentsWriter, type SegmentDocuments } from './segment-documents.ts'

export interface MergeSource {
  readonly documents: SegmentDocuments
  readonly deleted: DeletedDocuments | null
  /** In order. */
  readonly pages: readonly Uint8Array[]
}

/** One segment of what is left of several. */
export function mergeSegments(sources: readonly MergeSource[]): EncodedSegment {
  const documents = new SegmentDocumentsWriter()
  const heads = sources.map((source) => new Head(source, documents))
  const writer = new PageWriter()
  const postings = new PostingsWriter()
  for (;;) {
    let least: string | null = null
    for (const { term } of heads) if (term !== null && (least === null || term < least)) least = term
    if (least === null) break
    postings.clear()
    for (const head of heads) if (head.term === least) head.moveTo(postings)
    if (postings.last !== -1) writer.add(least, postings)
  }
  writer.finish()
  return { documents, pages: writer.pages, size: writer.size }
}

/** The next term of a source. */
class Head {
  /** Null: there are no more. */
  term: string | null = null
  readonly #pages: readonly Uint8Array[]
  #page = 0
  #entry: PageEntry | null = null
  /** What the source's document 0 is in the merged segment. */
  readonly #offset: number
  /** The new numbers of documents by their old ones; null when all are kept. */
  readonly #numbers: ReadonlyMap<number, number> | null

  constructor({ documents, deleted, pages }: MergeSource, merged: SegmentDocumentsWriter) {
    this.#pages = pages
    this.#offset = merged.count
    const numbers = new Map<number, number>()
    for (let document = 0; document < documents.count; document++) {
      if (!isDeleted(deleted, document)) numbers.set(document, merged.add(documents.at(document)))
    }
    this.#numbers = deleted === null ? null : numbers
    this.#advance()
  }

  /** Adds the term's postings and goes on to the next term. */
  moveTo(postings: PostingsWriter): void {
    const numbers = this.#numbers
    if (numbers === null && this.#entry !== null) postings.append(this.#entry, this.#offset)
    else {
      this.#entry?.visitPostings((document, count) => {
        const number = numbers?.get(document)
        if (number !== undefined) postings.add(number, count)
      })
    }
    this.#advance()
  }

  #advance(): void {
    while (this.#entry?.next() !== true) {
      const page = this.#pages[this.#page++]
      if (page === undefined) {
        this.term = null
        return
      }
      this.#entry = new PageEntry(page)
    }
    this.term = this.#entry.term
  }
}
