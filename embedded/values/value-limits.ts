import type { JSONValue, Value } from 'convex/values'

/** Convex's limits of any value: an argument, a result, a field of a document. */
export const valueLimits = { depth: 64, fields: 1024, arrayLength: 8192 } as const

/** A value, or its JSON in Convex's encoding. */
type Nested = Value | JSONValue | undefined

/** Why Convex takes no such value, in its words; null when it does. */
export function findExcess(value: Nested): string | null {
  try {
    const depth = measureDepth(value)
    return depth > valueLimits.depth ? tooDeep('Value', depth, valueLimits.depth) : null
  } catch (error) {
    if (error instanceof ValueError) return error.message
    throw error
  }
}

export function tooDeep(what: 'Value' | 'Document', depth: number, most: number): string {
  return `${what} is too nested (nested ${depth} levels deep > maximum nesting ${most})`
}

export class ValueError extends Error {}

/**
 * How many arrays and objects lie in each other, an empty one included; looks no deeper than one level more than any
 * value may have. Throws a `ValueError` on an array or object that is too long, and on a string that is no Unicode.
 */
export function measureDepth(value: Nested, level = 0): number {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return 0
    throw new ValueError('Strings must be valid Unicode: this one has an unpaired surrogate.')
  }
  const elements = elementsOf(value)
  if (elements === null) return 0
  if (level >= valueLimits.depth) return 1
  let deepest = 0
  for (const element of elements) deepest = Math.max(deepest, measureDepth(element, level + 1))
  return 1 + deepest
}

function elementsOf(value: Nested): readonly Nested[] | null {
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    if (value.length <= valueLimits.arrayLength) return value
    throw new ValueError(`Array length is too long (${value.length} > maximum length ${valueLimits.arrayLength})`)
  }
  if (value instanceof ArrayBuffer) return null
  const names = Object.keys(value)
  // An encoded scalar, such as `{ $integer: … }`: the name of no field begins so.
  if (names.length === 1 && names[0]?.startsWith('$') === true) return null
  if (names.length <= valueLimits.fields) return Object.values(value)
  throw new ValueError(`Object has too many fields (${names.length} > maximum number ${valueLimits.fields})`)
}
