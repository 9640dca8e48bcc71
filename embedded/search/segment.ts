import { PageWriter, PostingsWriter, type EncodedPage } from './page.ts'
import type { SearchEntry } from './search-entry.ts'
import { SegmentDocumentsWriter } from './segment-documents.ts'
import { documentTerms } from './tokenize.ts'

/**
 * A part of a search index: some documents, numbered from 0, and for every term the documents that hold it. It is
 * written once. Its terms lie in pages, so that a search reads only the pages it needs.
 */
export interface EncodedSegment {
  readonly documents: SegmentDocumentsWriter
  readonly pages: readonly EncodedPage[]
  /** Of the pages, in bytes. */
  readonly size: number
}

/** Turns documents into a segment. */
export class SegmentBuilder {
  readonly #documents = new SegmentDocumentsWriter()
  readonly #terms = new Map<string, number>()
  /** By term: its last posting, and how many it has. */
  readonly #last: number[] = []
  readonly #postingCounts: number[] = []
  /** The postings in the order they came: term, document, how often. */
  readonly #postingTerms: number[] = []
  readonly #postingDocuments: number[] = []
  readonly #occurrences: number[] = []

  get postingCount(): number {
    return this.#postingTerms.length
  }

  add(rowId: number, { creationTime, text, filters }: SearchEntry): void {
    const terms = documentTerms(text)
    const document = this.#documents.add({ rowId, creationTime, length: terms.length })
    for (const filter of filters) this.#addTerm(filter, document)
    for (const term of terms) this.#addTerm(term, document)
  }

  finish(): EncodedSegment {
    const ends = this.#endsOfTerms()
    const byTerm = this.#postingsByTerm(ends)
    const writer = new PageWriter()
    const postings = new PostingsWriter()
    // The default order is that of UTF-16 units, as pages want it.
    for (const text of [...this.#terms.keys()].toSorted()) {
      const term = this.#terms.get(text) ?? 0
      const end = ends[term] ?? 0
      postings.clear()
      for (let at = end - (this.#postingCounts[term] ?? 0); at < end; at++) {
        const posting = byTerm[at] ?? 0
        postings.add(this.#postingDocuments[posting] ?? 0, this.#occurrences[posting] ?? 0)
      }
      writer.add(text, postings)
    }
    writer.finish()
    return { documents: this.#documents, pages: writer.pages, size: writer.size }
  }

  #addTerm(text: string, document: number): void {
    let term = this.#terms.get(text)
    if (term === undefined) {
      term = this.#terms.size
      this.#terms.set(text, term)
      this.#postingCounts.push(0)
      this.#last.push(-1)
    }
    const last = this.#last[term] ?? -1
    if (last !== -1 && this.#postingDocuments[last] === document) {
      this.#occurrences[last] = (this.#occurrences[last] ?? 0) + 1
      return
    }
    this.#last[term] = this.#postingTerms.length
    this.#postingTerms.push(term)
    this.#postingDocuments.push(document)
    this.#occurrences.push(1)
    this.#postingCounts[term] = (this.#postingCounts[term] ?? 0) + 1
  }

  /** Where the postings of each term end when all are laid out term by term. */
  #endsOfTerms(): Int32Array {
    const ends = new Int32Array(this.#terms.size)
    let end = 0
    for (const [term, count] of this.#postingCounts.entries()) {
      end += count
      ends[term] = end
    }
    return ends
  }

  #postingsByTerm(ends: Int32Array): Int32Array {
    const byTerm = new Int32Array(this.#postingTerms.length)
    const free = Int32Array.from(ends)
    for (let posting = this.#postingTerms.length - 1; posting >= 0; posting--) {
      const term = this.#postingTerms[posting] ?? 0
      const at = (free[term] ?? 0) - 1
      free[term] = at
      byTerm[at] = posting
    }
    return byTerm
  }
}
