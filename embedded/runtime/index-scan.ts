import type { Order } from '../store/store.ts'
import { afterKey, compareKeys } from '../values/index-key.ts'
import type { IndexDefinition } from './catalog.ts'
import { Document } from './document.ts'
import type { DocumentScan, ScannedDocument, ScanSource } from './document-scan.ts'

interface Bounds {
  readonly lower: Uint8Array
  /** Exclusive; null: no upper bound. */
  readonly upper: Uint8Array | null
}

export interface KeyRange extends Bounds {
  readonly order: Order
}

const largestBatch = 256

/**
 * Walks an index range over the store and an overlay in key order. Reads in batches; a change of the overlay (a
 * mutation that writes while it reads) drops what was read ahead. What it read is
 * recorded by `close`: up to the last document it gave, or the whole range when that was exhausted.
 */
export class IndexScan implements DocumentScan {
  readonly #source: ScanSource
  readonly #index: IndexDefinition
  readonly #range: KeyRange
  /** What is still to be read from the store. Null: nothing. */
  #rest: Bounds | null
  #last: Uint8Array | null = null
  #ahead: ScannedDocument[] = []
  #position = 0
  #version: number
  #batch: number
  #isExhausted = false
  #isClosed = false

  /** `expected` is how many documents the caller is likely to take. */
  constructor(source: ScanSource, index: IndexDefinition, range: KeyRange, expected: number) {
    this.#source = source
    this.#index = index
    this.#range = range
    this.#rest = range
    this.#version = source.version()
    this.#batch = Math.max(1, Math.min(expected, largestBatch))
  }

  next(): ScannedDocument | null {
    this.#dropStale()
    while (this.#position >= this.#ahead.length) {
      if (this.#rest === null) {
        this.#isExhausted = true
        return null
      }
      this.#readBatch(this.#rest)
    }
    const scanned = this.#ahead[this.#position++] ?? null
    this.#last = scanned?.key ?? this.#last
    return scanned
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const { reads } = this.#source
    const { lower, upper, order } = this.#range
    if (this.#isExhausted) reads.recordInterval(this.#index.id, lower, upper)
    else if (this.#last !== null && order === 'asc') reads.recordInterval(this.#index.id, lower, afterKey(this.#last))
    else if (this.#last !== null) reads.recordInterval(this.#index.id, this.#last, upper)
  }

  #dropStale(): void {
    const version = this.#source.version()
    if (version === this.#version) return
    this.#version = version
    this.#ahead = []
    this.#position = 0
    this.#rest = this.#last === null ? this.#range : after(this.#range, this.#last, this.#range.order)
  }

  #readBatch(rest: Bounds): void {
    const { order } = this.#range
    const { lower, upper } = rest
    const entries = this.#source.store.scan({ index: this.#index.id, lower, upper, order }, this.#batch)
    const last = entries.length < this.#batch ? undefined : entries.at(-1)
    const stored = entries.map(({ key, row }) => ({ key, document: Document.stored(row) }))
    this.#ahead = this.#merge(stored, last === undefined ? rest : upTo(rest, last.key, order))
    this.#position = 0
    this.#batch = Math.min(this.#batch * 2, largestBatch)
    this.#rest = last === undefined ? null : after(rest, last.key, order)
  }

  #merge(stored: ScannedDocument[], { lower, upper }: Bounds): ScannedDocument[] {
    const { overlay } = this.#source
    if (overlay.isEmpty) return stored
    const shown = overlay.range(this.#index, lower, upper)
    if (shown.length === 0) return stored
    const direction = this.#range.order === 'asc' ? 1 : -1
    const overlaid = direction === 1 ? shown : shown.toReversed()
    const merged: ScannedDocument[] = []
    let position = 0
    for (const { key, item } of overlaid) {
      for (let next = stored[position]; next !== undefined; next = stored[position]) {
        const order = compareKeys(next.key, key) * direction
        if (order > 0) break
        if (order < 0) merged.push(next)
        position++
      }
      if (item !== null) merged.push({ key, document: item })
    }
    return [...merged, ...stored.slice(position)]
  }
}

function upTo({ lower, upper }: Bounds, last: Uint8Array, order: Order): Bounds {
  return order === 'asc' ? { lower, upper: afterKey(last) } : { lower: last, upper }
}

function after({ lower, upper }: Bounds, last: Uint8Array, order: Order): Bounds {
  return order === 'asc' ? { lower: afterKey(last), upper } : { lower, upper: last }
}
