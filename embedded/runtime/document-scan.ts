import type { OrderedStore } from '../store/store.ts'
import type { Document } from './document.ts'
import type { Overlay } from './overlay.ts'
import type { ReadRecorder } from './read-set.ts'

export interface ScannedDocument {
  /** Where the document stands in the order of the scan. */
  readonly key: Uint8Array
  readonly document: Document
}

export interface DocumentScan {
  /** Long work before the first document, in steps; undefined when there is none. `next` does what is left of it. */
  prepare?(breathe: () => Promise<void> | undefined): Promise<void> | undefined
  next(): ScannedDocument | null
  /** Records what was read. */
  close(): void
}

export interface ScanSource {
  readonly store: OrderedStore
  readonly overlay: Overlay
  readonly reads: ReadRecorder
  /** Another number after every write to the overlay. */
  readonly version: () => number
}
