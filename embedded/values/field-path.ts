import type { Value } from 'convex/values'

export type FieldPath = readonly string[]

export function parseFieldPath(path: string): FieldPath {
  return path.split('.')
}

/** What a document holds at the path; undefined when an object on the way, or the field itself, is missing. */
export function valueAtPath(document: Value, path: FieldPath): Value | undefined {
  let value: Value | undefined = document
  for (const field of path) {
    if (!isConvexObject(value) || !Object.hasOwn(value, field)) return undefined
    value = value[field]
  }
  return value
}

export type ConvexObject = Record<string, Value>

export function isConvexObject(value: Value | undefined): value is ConvexObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
