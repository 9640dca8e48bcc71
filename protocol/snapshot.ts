/**
 * The most UTF-8 bytes in one part. Convex would take more, but one of 200 kB holds the thread that reads or stores it for
 * 20 ms.
 */
export const PART_BYTES = 64_000

/** The most UTF-8 bytes of one snapshot. What lies beyond is cut at capture, and said. */
export const SNAPSHOT_BYTES = 4_000_000

/** More parts than this cannot be an honest snapshot: a split at code points fills all but the last part. */
export const MAX_PARTS = Math.ceil(SNAPSHOT_BYTES / (PART_BYTES - 3))

/** Splits a text into parts of at most `limit` UTF-8 bytes, at code-point boundaries. An empty text is one empty part. */
export function splitParts(text: string, limit = PART_BYTES): string[] {
  const whole = text.toWellFormed()
  const parts: string[] = []
  let start = 0
  while (start < whole.length) {
    const end = endWithin(whole, start, limit)
    parts.push(whole.slice(start, end))
    start = end
  }
  return parts.length > 0 ? parts : ['']
}

/** The UTF-8 length of a text in bytes. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) bytes += unitBytes(text.charCodeAt(at))
  return bytes
}

/** SHA-256 of a part's UTF-8, as lower-case hex. */
export async function partHash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Names a whole text by the hashes of its parts, so that the receiver can check it before it holds any of them. */
export async function contentHash(partHashes: readonly string[]): Promise<string> {
  return await partHash(partHashes.join('\n'))
}

/** The furthest index after `start` that keeps the slice within `limit` bytes and splits no surrogate pair. */
function endWithin(text: string, start: number, limit: number): number {
  let bytes = 0
  let at = start
  while (at < text.length) {
    bytes += unitBytes(text.charCodeAt(at))
    if (bytes > limit) break
    at++
  }
  const splitsPair = at < text.length && isLowSurrogate(text.charCodeAt(at)) && at > start
  return splitsPair ? at - 1 : Math.max(at, start + 1)
}

/** UTF-8 bytes of one UTF-16 unit in well-formed text: each half of a surrogate pair stands for two of the four. */
function unitBytes(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2
  return 3
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
