export interface SegmentDocument {
  readonly rowId: number
  readonly creationTime: number
  /** How many terms its text has. */
  readonly length: number
}

const numbersEach = 3

/** A segment's documents by their numbers. */
export class SegmentDocuments {
  readonly #numbers: Float64Array

  constructor(bytes: Uint8Array) {
    // A copy begins where floats may begin.
    this.#numbers = new Float64Array(Uint8Array.from(bytes).buffer)
  }

  get count(): number {
    return this.#numbers.length / numbersEach
  }

  at(document: number): SegmentDocument {
    const start = document * numbersEach
    return {
      rowId: this.#numbers[start] ?? 0,
      creationTime: this.#numbers[start + 1] ?? 0,
      length: this.#numbers[start + 2] ?? 0,
    }
  }

  rowIdAt(document: number): number {
    return this.#numbers[document * numbersEach] ?? 0
  }
}

export class SegmentDocumentsWriter {
  readonly #numbers: number[] = []
  firstRow = Infinity
  lastRow = 0

  get count(): number {
    return this.#numbers.length / numbersEach
  }

  /** Gives its number. */
  add({ rowId, creationTime, length }: SegmentDocument): number {
    this.firstRow = Math.min(this.firstRow, rowId)
    this.lastRow = Math.max(this.lastRow, rowId)
    return this.#numbers.push(rowId, creationTime, length) / numbersEach - 1
  }

  toBytes(): Uint8Array {
    return new Uint8Array(Float64Array.from(this.#numbers).buffer)
  }
}
