/** How often the documents of a segment hold the terms of a query. */
export class FoundTerms {
  readonly #documentCount: number
  readonly #termCount: number
  /** Document by document; made when the first is found. */
  #frequencies: Float32Array | null = null
  #isFound: Uint8Array

  constructor(documentCount: number, termCount: number) {
    this.#documentCount = documentCount
    this.#termCount = termCount
    this.#isFound = new Uint8Array(documentCount)
  }

  get isEmpty(): boolean {
    return this.#frequencies === null
  }

  add(document: number, term: number, frequency: number): void {
    this.#frequencies ??= new Float32Array(this.#documentCount * this.#termCount)
    const at = document * this.#termCount + term
    this.#frequencies[at] = (this.#frequencies[at] ?? 0) + frequency
    this.#isFound[document] = 1
  }

  /** The frequencies of a document begin at `start`. */
  visit(visit: (document: number, frequencies: Float32Array, start: number) => void): void {
    if (this.#frequencies === null) return
    for (let document = 0; document < this.#documentCount; document++) {
      if (this.#isFound[document] !== 1) continue
      visit(document, this.#frequencies, document * this.#termCount)
    }
  }
}
