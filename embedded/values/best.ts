/** The best of many, in order, without sorting all of them. */
export class Best<Item> {
  readonly #most: number
  readonly #compare: (left: Item, right: Item) => number
  readonly #items: Item[] = []

  /** `compare` is negative when the left one is better. */
  constructor(most: number, compare: (left: Item, right: Item) => number) {
    this.#most = most
    this.#compare = compare
  }

  add(item: Item): void {
    const last = this.#items.at(-1)
    if (this.#items.length === this.#most && last !== undefined && this.#compare(item, last) >= 0) return
    this.#items.splice(this.#placeOf(item), 0, item)
    if (this.#items.length > this.#most) this.#items.pop()
  }

  /** Best first. */
  get items(): Item[] {
    return this.#items
  }

  /** Behind those that are as good. */
  #placeOf(item: Item): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#items[middle]
      if (other !== undefined && this.#compare(item, other) < 0) high = middle
      else low = middle + 1
    }
    return low
  }
}
