/** The documents a search found, in columns: there can be many. */
export class Matches {
  readonly rowIds: number[] = []
  readonly creationTimes: number[] = []
  /** Terms in the text. */
  readonly lengths: number[] = []
  /** For each document, how often it holds each term of the query; the documents one after the other. */
  readonly frequencies: number[] = []

  push(rowId: number, creationTime: number, length: number, frequencies: Iterable<number>): void {
    this.rowIds.push(rowId)
    this.creationTimes.push(creationTime)
    this.lengths.push(length)
    for (const frequency of frequencies) this.frequencies.push(frequency)
  }
}
