import { CommitTsPlaceholder, type Value } from 'convex/values'

/**
 * Memory-comparable index keys: comparing two keys byte by byte gives the order of `compareValues` on the values, one
 * after the other. A value is a tag and a self-delimiting body; in strings and bytes a zero is written `00 FF`, and
 * `00` ends them, as it ends arrays and objects (every tag is greater than 0). Throws on half a surrogate pair.
 */
export function encodeIndexKey(values: readonly (Value | undefined)[]): Uint8Array {
  const key = new KeyWriter()
  for (const value of values) writeValue(key, value)
  return key.finish()
}

/** The least key greater than every key that begins with `prefix`; null when there is none (all bytes are FF). */
export function afterPrefix(prefix: Uint8Array): Uint8Array | null {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length--
  if (length === 0) return null
  const next = prefix.slice(0, length)
  next[length - 1] = (next[length - 1] ?? 0) + 1
  return next
}

/** The least key greater than `key`. */
export function afterKey(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1)
  next.set(key)
  return next
}

export function compareKeys(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right)
}

const tags = {
  undefined: 1,
  null: 2,
  int64: 3,
  float64: 4,
  boolean: 5,
  string: 6,
  bytes: 7,
  array: 8,
  object: 9,
} as const
const end = 0
const escape = 0xff
const largestInt64 = 2n ** 63n - 1n

function writeValue(key: KeyWriter, value: Value | undefined): void {
  if (value === undefined) return key.byte(tags.undefined)
  if (value === null) return key.byte(tags.null)
  switch (typeof value) {
    case 'bigint':
      return writeInt64(key, value)
    case 'number':
      key.byte(tags.float64)
      return key.uint64(orderedFloatBits(value))
    case 'boolean':
      key.byte(tags.boolean)
      return key.byte(value ? 1 : 0)
    case 'string':
      return writeString(key, value)
    default:
      return writeObject(key, value)
  }
}

function writeObject(key: KeyWriter, value: Exclude<Value, null | string | number | bigint | boolean>): void {
  if (value instanceof ArrayBuffer) {
    key.byte(tags.bytes)
    key.escaped(new Uint8Array(value))
  } else if (value instanceof CommitTsPlaceholder) {
    // Not known before the commit; until then it sorts after every other int64.
    writeInt64(key, largestInt64)
  } else if (Array.isArray(value)) {
    key.byte(tags.array)
    for (const element of value) writeValue(key, element)
    key.byte(end)
  } else {
    key.byte(tags.object)
    for (const name of Object.keys(value).toSorted()) {
      writeString(key, name)
      writeValue(key, value[name])
    }
    key.byte(end)
  }
}

function writeInt64(key: KeyWriter, value: bigint): void {
  key.byte(tags.int64)
  key.uint64(BigInt.asUintN(64, value) ^ signBit)
}

const encoder = new TextEncoder()

function writeString(key: KeyWriter, value: string): void {
  // It has no UTF-8: it would get the key of another string.
  if (!value.isWellFormed()) throw new TypeError('Strings must be valid Unicode: this one has an unpaired surrogate.')
  key.byte(tags.string)
  key.escaped(encoder.encode(value))
}

const signBit = 1n << 63n
const firstNegativeNaN = 0xfff0_0000_0000_0001n
const float = new DataView(new ArrayBuffer(8))

/**
 * Bits whose unsigned order is the order of floats: -0 before 0, negative NaNs before everything, positive ones after.
 * Among negative NaNs the order is by bits, unlike among other negative numbers.
 */
function orderedFloatBits(value: number): bigint {
  float.setFloat64(0, value)
  const bits = float.getBigUint64(0)
  if (bits < signBit) return bits | signBit
  return bits >= firstNegativeNaN ? bits - firstNegativeNaN : BigInt.asUintN(64, ~bits)
}

class KeyWriter {
  #bytes = new Uint8Array(128)
  #length = 0

  byte(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = byte
  }

  uint64(value: bigint): void {
    this.#reserve(8)
    new DataView(this.#bytes.buffer).setBigUint64(this.#length, value)
    this.#length += 8
  }

  escaped(bytes: Uint8Array): void {
    this.#reserve(bytes.length + 1)
    let start = 0
    for (let zero = bytes.indexOf(0); zero !== -1; zero = bytes.indexOf(0, start)) {
      this.#copy(bytes.subarray(start, zero + 1))
      this.byte(escape)
      start = zero + 1
    }
    this.#copy(bytes.subarray(start))
    this.byte(end)
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #copy(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
