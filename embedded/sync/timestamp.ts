/** Commit timestamps on the wire: an unsigned 64-bit integer, little-endian, in base64. */
export function encodeTimestamp(ts: bigint): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(ts)
  return bytes.toString('base64')
}

/** Throws a `RangeError` unless `text` is the base64 of exactly eight bytes. */
export function decodeTimestamp(text: string): bigint {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 8) throw new RangeError('A timestamp is eight bytes in base64.')
  return bytes.readBigUInt64LE()
}
