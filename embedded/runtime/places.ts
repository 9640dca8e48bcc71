/**
 * Coarse names of where keys and intervals lie in an index: whatever lies inside an interval shares a place with it.
 * So the few queries that a commit may touch are found without a look at all the others.
 */

/** Bytes of a key that name its place: more than the id that most indexes begin with shares by chance. */
const PREFIX = 24

/** The places of a written key. */
export function placesOfKey(index: number, key: Uint8Array): string[] {
  return key.length < PREFIX ? [anywhere(index)] : [anywhere(index), placeOf(index, key)]
}

/** The place of an interval; `upper` is exclusive, and null where there is no bound. */
export function placeOfInterval(index: number, lower: Uint8Array, upper: Uint8Array | null): string {
  const isNarrow = upper !== null && lower.length >= PREFIX && upper.length >= PREFIX && haveOnePrefix(lower, upper)
  return isNarrow ? placeOf(index, lower) : anywhere(index)
}

function anywhere(index: number): string {
  return `${index}`
}

function placeOf(index: number, key: Uint8Array): string {
  return `${index} ${Buffer.from(key.buffer, key.byteOffset, PREFIX).toString('latin1')}`
}

function haveOnePrefix(left: Uint8Array, right: Uint8Array): boolean {
  for (let at = 0; at < PREFIX; at++) if (left[at] !== right[at]) return false
  return true
}
