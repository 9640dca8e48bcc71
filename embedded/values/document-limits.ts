import type { Value } from 'convex/values'
import { measureDepth, tooDeep } from './value-limits.ts'

/** Convex's documented limits of one document, besides those of any value. The document itself is a level. */
export const documentLimits = { bytes: 1 << 20, depth: 16 } as const

/** Throws on a value that no document may hold, in Convex's words. */
export function checkDocument(value: Value, bytes: number): void {
  if (bytes > documentLimits.bytes) {
    throw new Error(`Value is too large (${mebibytes(bytes)} MiB > maximum size 1 MiB)`)
  }
  const depth = measureDepth(value)
  if (depth > documentLimits.depth) throw new Error(tooDeep('Document', depth, documentLimits.depth))
}

function mebibytes(bytes: number): string {
  return (bytes / documentLimits.bytes).toFixed(2)
}
