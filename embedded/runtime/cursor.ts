import { createHash } from 'node:crypto'
import type { JSONValue } from 'convex/values'

/** Where a page ends: behind a key, or at the end of the query. */
export type CursorPosition = { readonly at: 'end' } | { readonly at: 'key'; readonly key: Uint8Array }

const fingerprintLength = 8
const endMark = 0
const keyMark = 1

/** Opaque to clients: the query's fingerprint, then the position. */
export function encodeCursor(query: JSONValue, position: CursorPosition): string {
  const rest = position.at === 'end' ? [endMark] : [keyMark, ...position.key]
  return Buffer.from([...fingerprint(query), ...rest]).toString('base64url')
}

/** Throws `InvalidCursor`, which makes the client begin again, on a cursor of another query. */
export function decodeCursor(query: JSONValue, cursor: string): CursorPosition {
  const bytes = Buffer.from(cursor, 'base64url')
  const mark = bytes[fingerprintLength]
  if (!bytes.subarray(0, fingerprintLength).equals(fingerprint(query)) || mark === undefined) {
    throw new Error(
      'InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.',
    )
  }
  return mark === endMark ? { at: 'end' } : { at: 'key', key: Uint8Array.from(bytes.subarray(fingerprintLength + 1)) }
}

function fingerprint(query: JSONValue): Buffer {
  return createHash('sha256').update(JSON.stringify(query)).digest().subarray(0, fingerprintLength)
}
