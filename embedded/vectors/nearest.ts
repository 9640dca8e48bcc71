export interface Neighbour {
  readonly id: string
  /** Cosine, from -1 to 1. */
  readonly score: number
}

/** The best of many, best first; of equals the one whose id comes first. */
export class Nearest {
  readonly #most: number
  readonly #best: Neighbour[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(id: string, score: number): void {
    const last = this.#best.at(-1)
    if (this.#best.length === this.#most && last !== undefined && !isBefore(id, score, last)) return
    this.#best.splice(this.#placeOf(id, score), 0, { id, score })
    if (this.#best.length > this.#most) this.#best.pop()
  }

  finish(): readonly Neighbour[] {
    return this.#best
  }

  #placeOf(id: string, score: number): number {
    let low = 0
    let high = this.#best.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#best[middle]
      if (other !== undefined && isBefore(id, score, other)) high = middle
      else low = middle + 1
    }
    return low
  }
}

function isBefore(id: string, score: number, other: Neighbour): boolean {
  return score === other.score ? id < other.id : score > other.score
}
