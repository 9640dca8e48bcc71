import type { Value } from 'convex/values'
import { isConvexObject } from './field-path.ts'

/** Convex's documented limits of one document. */
export const documentLimits = { bytes: 1 << 20, fields: 1024, depth: 16, arrayLength: 8192 } as const

/** Throws on a value that no document may hold, with the words Convex uses where they are known. */
export function checkDocument(value: Value, bytes: number): void {
  if (bytes > documentLimits.bytes) {
    throw new Error(`Value is too large (${mebibytes(bytes)} MiB > maximum size 1 MiB)`)
  }
  checkValue(value, 0)
}

function checkValue(value: Value | undefined, depth: number): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('Strings must be valid Unicode: this one has an unpaired surrogate.')
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth > documentLimits.depth) {
    throw new Error(`Document is too nested (maximum nesting ${documentLimits.depth})`)
  }
  if (Array.isArray(value)) {
    if (value.length > documentLimits.arrayLength) {
      throw new Error(`Array length is too long (${value.length} > maximum length ${documentLimits.arrayLength})`)
    }
    for (const element of value) checkValue(element, depth + 1)
  } else if (isConvexObject(value)) {
    const fields = Object.values(value)
    if (fields.length > documentLimits.fields) {
      throw new Error(`Object has too many fields (${fields.length} > maximum number ${documentLimits.fields})`)
    }
    for (const field of fields) checkValue(field, depth + 1)
  }
}

function mebibytes(bytes: number): string {
  return (bytes / documentLimits.bytes).toFixed(2)
}
