import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

/** Terms in the order of their UTF-16 units, each with its postings. */
export interface EncodedPage {
  /** Orders as the page's first term does. */
  readonly firstTerm: Uint8Array
  readonly data: Uint8Array
}

const fullPage = 8192

export class PageWriter {
  readonly pages: EncodedPage[] = []
  /** Of all pages, in bytes. */
  size = 0
  readonly #page = new ByteWriter()
  #firstTerm: string | null = null

  /** Terms must come in order. */
  add(term: string, postings: PostingsWriter): void {
    this.#firstTerm ??= term
    this.#page.text(term)
    this.#page.number(postings.last)
    this.#page.content(postings.bytes)
    if (this.#page.length >= fullPage) this.finish()
  }

  finish(): void {
    if (this.#firstTerm === null) return
    this.pages.push({ firstTerm: termKey(this.#firstTerm), data: this.#page.toBytes() })
    this.size += this.#page.length
    this.#page.clear()
    this.#firstTerm = null
  }
}

/**
 * The documents that hold one term, in order: the distance to the document before, doubled, plus one when a count
 * follows; without it the term occurs once.
 */
export class PostingsWriter {
  readonly bytes = new ByteWriter()
  /** The last document; -1: none yet. */
  last = -1

  clear(): void {
    this.bytes.clear()
    this.last = -1
  }

  add(document: number, count: number): void {
    const distance = (document - this.last) * 2
    this.last = document
    if (count === 1) this.bytes.number(distance)
    else {
      this.bytes.number(distance + 1)
      this.bytes.number(count)
    }
  }

  /** Adds all postings an entry has, its documents counted from `offset`, without taking them apart. */
  append(entry: PageEntry, offset: number): void {
    const { bytes } = entry
    const reader = new ByteReader(bytes, entry.start, entry.end)
    const first = reader.number()
    const distance = Math.floor(first / 2) + offset - 1 - this.last
    this.bytes.number(distance * 2 + (first % 2))
    this.bytes.copy(bytes, reader.position, entry.end)
    this.last = offset + entry.last
  }
}

/** Walks the terms of a page. What it tells is of the term it stands on, after `next` has given true. */
export class PageEntry {
  readonly bytes: Buffer
  /** The last document that holds the term. */
  last = -1
  /** Where the postings lie. */
  start = 0
  end = 0
  readonly #reader: ByteReader
  #termStart = 0
  #termEnd = 0

  constructor(data: Uint8Array) {
    this.bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
    this.#reader = new ByteReader(this.bytes)
  }

  next(): boolean {
    const reader = this.#reader
    if (reader.isAtEnd) return false
    const length = reader.number()
    this.#termStart = reader.position
    this.#termEnd = reader.position += length
    this.last = reader.number()
    const size = reader.number()
    this.start = reader.position
    this.end = reader.position += size
    return true
  }

  get term(): string {
    return this.bytes.toString('utf8', this.#termStart, this.#termEnd)
  }

  /** Whether the term is the text or only begins with it, without making a string. */
  compare(text: Uint8Array): 'equal' | 'longer' | 'other' {
    const length = this.#termEnd - this.#termStart
    if (length < text.length) return 'other'
    for (let offset = 0; offset < text.length; offset++) {
      if (this.bytes[this.#termStart + offset] !== text[offset]) return 'other'
    }
    return length === text.length ? 'equal' : 'longer'
  }

  visitPostings(visit: (document: number, count: number) => void): void {
    const reader = new ByteReader(this.bytes, this.start, this.end)
    let document = -1
    while (!reader.isAtEnd) {
      const distance = reader.number()
      document += distance >>> 1
      visit(document, (distance & 1) === 1 ? reader.number() : 1)
    }
  }
}

/** Bytes that compare as the terms' UTF-16 units do. */
export function termKey(term: string): Uint8Array {
  return Buffer.from(term, 'utf16le').swap16()
}
