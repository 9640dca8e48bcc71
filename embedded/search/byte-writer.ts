/** Grows as it is written to. Numbers are LEB128. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(4096)
  #length = 0

  get length(): number {
    return this.#length
  }

  number(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  /** UTF-8, after its length in bytes. */
  text(value: string): void {
    this.number(Buffer.byteLength(value))
    this.#reserve(value.length * 3)
    this.#length += this.#bytes.write(value, this.#length)
  }

  /** All that another writer holds, after its length. */
  content(of: ByteWriter): void {
    this.number(of.#length)
    this.copy(of.#bytes, 0, of.#length)
  }

  copy(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start)
    from.copy(this.#bytes, this.#length, start, end)
    this.#length += end - start
  }

  clear(): void {
    this.#length = 0
  }

  /** A copy. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#length))
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
