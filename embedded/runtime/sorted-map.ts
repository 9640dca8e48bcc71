import { compareKeys } from '../values/index-key.ts'

/** Index keys in order, each with a value. For the few writes of a transaction; insertion is O(n). */
export class SortedMap<Item> {
  readonly #entries: { key: Uint8Array; item: Item }[] = []

  set(key: Uint8Array, item: Item): void {
    const position = this.#positionOf(key)
    const found = this.#entries[position]
    if (found !== undefined && compareKeys(found.key, key) === 0) found.item = item
    else this.#entries.splice(position, 0, { key, item })
  }

  delete(key: Uint8Array): void {
    const position = this.#positionOf(key)
    const found = this.#entries[position]
    if (found !== undefined && compareKeys(found.key, key) === 0) this.#entries.splice(position, 1)
  }

  /** Entries with `lower <= key < upper`, ascending. */
  range(lower: Uint8Array, upper: Uint8Array | null): { readonly key: Uint8Array; readonly item: Item }[] {
    const end = upper === null ? this.#entries.length : this.#positionOf(upper)
    return this.#entries.slice(this.#positionOf(lower), end)
  }

  /** Where the first key that is not less than `key` stands. */
  #positionOf(key: Uint8Array): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      const entry = this.#entries[middle]
      if (entry !== undefined && compareKeys(entry.key, key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
