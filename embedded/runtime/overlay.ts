import type { IndexDefinition, TableDefinition } from './catalog.ts'
import type { Document } from './document.ts'
import { SortedMap } from './sorted-map.ts'

/** What an overlay shows of one document instead of what the store holds. Null: the document is not there. */
interface Shown {
  readonly table: TableDefinition
  visible: Document | null
  /** The versions the store may hold; their index keys are covered. */
  readonly covered: (Document | null)[]
}

/**
 * Lies over the store and changes what is seen of some documents. A mutation's overlay holds its own writes until they
 * are committed; a snapshot's overlay holds the old versions of what was committed after the snapshot was taken.
 */
export class Overlay {
  readonly #shown = new Map<string, Shown>()
  /** The versions kept by `preserve`, by the row the store had them in. */
  readonly #kept = new Map<number, Document>()
  readonly #indexed = new Map<number, { index: IndexDefinition; keys: SortedMap<Document | null> }>()

  get isEmpty(): boolean {
    return this.#shown.size === 0
  }

  /** Undefined when the overlay says nothing of this document; null when it hides it. */
  find(id: string): Document | null | undefined {
    return this.#shown.get(id)?.visible
  }

  /** Shows `visible`. `stored` is what the store holds; it is looked at only when the document is new to the overlay. */
  show(table: TableDefinition, id: string, visible: Document | null, stored: Document | null): void {
    const shown = this.#shown.get(id)
    if (shown === undefined) {
      const added = { table, visible, covered: [stored] }
      this.#shown.set(id, added)
      this.#forIndexesOf(table, (index, keys) => place(index, keys, added))
    } else {
      this.#forIndexesOf(table, (index, keys) => {
        if (shown.visible !== null) keys.delete(shown.visible.keyIn(index))
      })
      shown.visible = visible
      this.#forIndexesOf(table, (index, keys) => place(index, keys, shown))
    }
  }

  /** Keeps showing `before` (or what is shown already) although the store now holds `after`. */
  preserve(table: TableDefinition, id: string, before: Document | null, after: Document | null): void {
    let shown = this.#shown.get(id)
    if (shown === undefined) {
      shown = { table, visible: before, covered: [] }
      if (before !== null && before.rowId !== null) this.#kept.set(before.rowId, before)
    }
    shown.covered.push(after)
    this.#shown.set(id, shown)
    this.#forIndexesOf(table, (index, keys) => place(index, keys, shown))
  }

  /** What was in this row of the store when the first commit changed it; undefined when none has. */
  keptAtRow(rowId: number): Document | undefined {
    return this.#kept.get(rowId)
  }

  /** Takes the document out of the overlay again. */
  forget(id: string): void {
    const shown = this.#shown.get(id)
    if (shown === undefined) return
    this.#shown.delete(id)
    this.#forIndexesOf(shown.table, (index, keys) => {
      for (const document of [...shown.covered, shown.visible])
        if (document !== null) keys.delete(document.keyIn(index))
    })
  }

  /** Shown documents and covered keys (null) between the bounds, ascending. */
  range(index: IndexDefinition, lower: Uint8Array, upper: Uint8Array | null) {
    return this.#keysOf(index).range(lower, upper)
  }

  /** The documents of a table of which the overlay says something, with the version the store holds now. */
  *documentsOf(table: TableDefinition): Generator<{ id: string; visible: Document | null; stored: Document | null }> {
    for (const [id, { table: of, visible, covered }] of this.#shown) {
      if (of.number === table.number) yield { id, visible, stored: covered.at(-1) ?? null }
    }
  }

  /** Every document of the overlay, with what the store held when it was first shown. */
  *changes(): Generator<{ table: TableDefinition; id: string; stored: Document | null; visible: Document | null }> {
    for (const [id, { table, visible, covered }] of this.#shown) {
      yield { table, id, visible, stored: covered[0] ?? null }
    }
  }

  #keysOf(index: IndexDefinition): SortedMap<Document | null> {
    const known = this.#indexed.get(index.id)
    if (known !== undefined) return known.keys
    const keys = new SortedMap<Document | null>()
    this.#indexed.set(index.id, { index, keys })
    for (const shown of this.#shown.values()) {
      if (shown.table.number === index.tableNumber) place(index, keys, shown)
    }
    return keys
  }

  #forIndexesOf(table: TableDefinition, visit: (index: IndexDefinition, keys: SortedMap<Document | null>) => void) {
    for (const { index, keys } of this.#indexed.values()) if (index.tableNumber === table.number) visit(index, keys)
  }
}

function place(index: IndexDefinition, keys: SortedMap<Document | null>, { covered, visible }: Shown): void {
  for (const document of covered) if (document !== null) keys.set(document.keyIn(index), null)
  if (visible !== null) keys.set(visible.keyIn(index), visible)
}
