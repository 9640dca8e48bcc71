/** Keeps the `size` items of highest score, best first; of two alike, the one offered first. Never sorts them all. */
export class Best<Item> {
  readonly items: { readonly item: Item; readonly score: number }[] = []
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  offer(item: Item, score: number): void {
    const worst = this.items.at(-1)
    if (this.items.length === this.#size && worst && score <= worst.score) return
    let at = this.items.length
    while (at > 0 && (this.items[at - 1]?.score ?? 0) < score) at--
    this.items.splice(at, 0, { item, score })
    if (this.items.length > this.#size) this.items.pop()
  }
}
