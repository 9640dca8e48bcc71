/** Small enough to allocate at once and to be scored in a fraction of a millisecond. */
const blockBytes = 1 << 20
/** Rows are padded to whole fours: the loop below takes four numbers at a time. */
const lanes = 4

/** Rows of 32-bit floats in blocks, so that it grows without moving what it holds. */
export class VectorBlocks {
  readonly rowsPerBlock: number
  readonly #stride: number
  readonly #blocks: Float32Array[] = []

  constructor(dimensions: number) {
    this.#stride = Math.ceil(dimensions / lanes) * lanes
    // Not too many, however short they are: what a search does for each row has its price too.
    this.rowsPerBlock = Math.min(1024, Math.floor(blockBytes / (4 * this.#stride)))
  }

  set(row: number, vector: Float32Array): void {
    const block = Math.floor(row / this.rowsPerBlock)
    this.#blocks[block] ??= new Float32Array(this.rowsPerBlock * this.#stride)
    this.#blocks[block].set(vector, (row % this.rowsPerBlock) * this.#stride)
  }

  /** A vector as `score` takes it. */
  padded(vector: Float32Array): Float32Array {
    const padded = new Float32Array(this.#stride)
    padded.set(vector)
    return padded
  }

  /** The product of two vectors of length 1 is their cosine; rounding may carry it over its ends. */
  cosine(row: number, vector: Float32Array): number {
    const block = this.#blocks[Math.floor(row / this.rowsPerBlock)]
    if (block === undefined) throw new RangeError(`There is no vector ${row}`)
    const product = dot(block, (row % this.rowsPerBlock) * this.#stride, vector)
    return Math.max(-1, Math.min(1, product))
  }
}

/** In four sums: with one, each addition would wait for the one before. */
function dot(rows: Float32Array, start: number, vector: Float32Array): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let at = 0; at < vector.length; at += lanes) {
    const from = start + at
    first += (rows[from] ?? 0) * (vector[at] ?? 0)
    second += (rows[from + 1] ?? 0) * (vector[at + 1] ?? 0)
    third += (rows[from + 2] ?? 0) * (vector[at + 2] ?? 0)
    fourth += (rows[from + 3] ?? 0) * (vector[at + 3] ?? 0)
  }
  return first + second + third + fourth
}
