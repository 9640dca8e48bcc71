/** The documents a search found, in columns: there can be many. */
export class Matches {
  readonly #termCount: number
  readonly rowIds: number[] = []
  readonly creationTimes: number[] = []
  /** Terms in the text. */
  readonly lengths: number[] = []
  /** For each document, how often it holds each term of the query; the documents one after the other. */
  readonly frequencies: number[] = []

  constructor(termCount: number) {
    this.#termCount = termCount
  }

  /** The document's frequencies begin at `start` in those given. */
  push(rowId: number, creationTime: number, length: number, frequencies: ArrayLike<number>, start = 0): void {
    this.rowIds.push(rowId)
    this.creationTimes.push(creationTime)
    this.lengths.push(length)
    for (let term = 0; term < this.#termCount; term++) this.frequencies.push(frequencies[start + term] ?? 0)
  }
}
