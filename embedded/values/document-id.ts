import { randomFillSync } from 'node:crypto'
import { decodeBase32, encodeBase32 } from './base32.ts'

/**
 * A document id is base32 of: the table's number as LEB128 (1 to 5 bytes), 16 bytes, and a Fletcher-16 checksum of
 * all of that. 31 to 37 characters; opaque to clients.
 */
export interface DocumentId {
  readonly tableNumber: number
  readonly internalId: Uint8Array
}

const internalIdLength = 16
const shortest = 31
const longest = 37
/** To ask for random bytes takes the same time for a few as for thousands. */
const pool = new Uint8Array(4096)
let poolUsed = pool.length
const largestTableNumber = 0xffff_ffff

export function encodeDocumentId({ tableNumber, internalId }: DocumentId): string {
  const bytes = [...encodeTableNumber(tableNumber), ...internalId]
  const checksum = fletcher16(bytes)
  return encodeBase32(Uint8Array.from([...bytes, checksum & 0xff, checksum >> 8]))
}

/** Null for whatever is not an id of any table: wrong length, alphabet or checksum. */
export function decodeDocumentId(text: string): DocumentId | null {
  if (text.length < shortest || text.length > longest) return null
  const bytes = decodeBase32(text)
  if (bytes === null) return null
  const bodyLength = bytes.length - 2
  const body = bytes.subarray(0, bodyLength)
  const checksum = (bytes[bodyLength] ?? 0) | ((bytes[bodyLength + 1] ?? 0) << 8)
  if (checksum !== fletcher16(body)) return null
  const tableNumber = decodeTableNumber(body.subarray(0, bodyLength - internalIdLength))
  return tableNumber === null ? null : { tableNumber, internalId: body.slice(bodyLength - internalIdLength) }
}

/**
 * 4 bytes of time in seconds, then 96 random bits: rows that are written together lie together on disk, and an id
 * still cannot be guessed.
 */
export function newInternalId(nowMs: number): Uint8Array {
  const bytes = randomBytes()
  new DataView(bytes.buffer).setUint32(0, Math.floor(nowMs / 1000) >>> 0)
  return bytes
}

function randomBytes(): Uint8Array<ArrayBuffer> {
  if (poolUsed === pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  const bytes = pool.slice(poolUsed, poolUsed + internalIdLength)
  poolUsed += internalIdLength
  return bytes
}

function encodeTableNumber(tableNumber: number): number[] {
  if (!Number.isInteger(tableNumber) || tableNumber < 1 || tableNumber > largestTableNumber) {
    throw new RangeError(`Not a table number: ${tableNumber}`)
  }
  const bytes: number[] = []
  let rest = tableNumber
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}

function decodeTableNumber(bytes: Uint8Array): number | null {
  let tableNumber = 0
  for (const [position, byte] of bytes.entries()) {
    const isLast = position === bytes.length - 1
    if (byte >= 0x80 === isLast) return null
    tableNumber += (byte & 0x7f) * 0x80 ** position
  }
  const isCanonical = bytes.length === 1 || bytes.at(-1) !== 0
  return isCanonical && tableNumber >= 1 && tableNumber <= largestTableNumber ? tableNumber : null
}

/** Both sums modulo 256. */
function fletcher16(bytes: Iterable<number>): number {
  let first = 0
  let second = 0
  for (const byte of bytes) {
    first = (first + byte) & 0xff
    second = (second + first) & 0xff
  }
  return (second << 8) | first
}
