const longestShort = 64

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
    // Calls into the buffer's own code cost more than a short word of ASCII does.
    this.#reserve(value.length * 3 + 8)
    const start = this.#length + 1
    let length = 0
    while (length < value.length && length < longestShort) {
      const unit = value.charCodeAt(length)
      if (unit >= 0x80) break
      this.#bytes[start + length++] = unit
    }
    if (length === value.length) {
      this.#bytes[this.#length] = length
      this.#length = start + length
      return
    }
    this.number(Buffer.byteLength(value))
    this.#length += this.#bytes.write(value, this.#length)
  }

  /** All that another writer holds, after its length. */
  content(of: ByteWriter): void {
    this.number(of.#length)
    this.copy(of.#bytes, 0, of.#length)
  }

  copy(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start)
    if (end - start > longestShort) from.copy(this.#bytes, this.#length, start, end)
    else for (let at = start; at < end; at++) this.#bytes[this.#length + at - start] = from[at] ?? 0
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
