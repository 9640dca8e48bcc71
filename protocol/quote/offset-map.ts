/**
 * Where each UTF-16 unit of a folded text came from. Only the places where the distance between the two changes are
 * kept, so that a text that folds to itself costs nothing.
 */
export class OffsetMap {
  #folded = new Uint32Array(256)
  #source = new Uint32Array(256)
  #count = 0

  /** From here on, units of the folded text stand one to one for units of the source. Called in ascending order. */
  add(folded: number, source: number): void {
    const last = this.#count - 1
    if (last >= 0) {
      const distance = (this.#source[last] ?? 0) - (this.#folded[last] ?? 0)
      if (source - folded === distance) return
    } else if (folded === source) return
    if (this.#count === this.#folded.length) {
      this.#folded = grown(this.#folded)
      this.#source = grown(this.#source)
    }
    this.#folded[this.#count] = folded
    this.#source[this.#count] = source
    this.#count++
  }

  /** The source offset of the unit at `folded`. */
  toSource(folded: number): number {
    const at = this.#lastAtOrBefore(this.#folded, folded)
    return at < 0 ? folded : (this.#source[at] ?? 0) + folded - (this.#folded[at] ?? 0)
  }

  /** The folded offset that stands for `source`, or for what comes nearest before it. */
  toFolded(source: number): number {
    const at = this.#lastAtOrBefore(this.#source, source)
    const start = at < 0 ? 0 : (this.#folded[at] ?? 0)
    const from = at < 0 ? 0 : (this.#source[at] ?? 0)
    const next = at + 1 < this.#count ? (this.#folded[at + 1] ?? 0) : Number.POSITIVE_INFINITY
    return Math.min(start + source - from, next)
  }

  #lastAtOrBefore(sorted: Uint32Array, value: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

function grown(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2)
  larger.set(values)
  return larger
}
