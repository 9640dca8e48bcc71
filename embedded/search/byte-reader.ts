/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  readonly bytes: Buffer
  position: number
  readonly #end: number

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.#end = end
  }

  get isAtEnd(): boolean {
    return this.position >= this.#end
  }

  number(): number {
    let value = this.bytes[this.position++] ?? 0
    if (value < 0x80) return value
    value &= 0x7f
    for (let scale = 0x80; ; scale *= 0x80) {
      const byte = this.bytes[this.position++]
      if (byte === undefined) throw new RangeError('A page of a search index ends too early; the file is damaged.')
      if (byte < 0x80) return value + byte * scale
      value += (byte & 0x7f) * scale
    }
  }
}
