import type { Value } from 'convex/values'

/**
 * The vector at length 1, so that the product of two is their cosine; a vector of zeros stays as it is and scores 0
 * with every other. Null for what a vector index does not hold: no array, another length, other things than float64s,
 * numbers that have no finite length.
 */
export function unitVector(value: Value | undefined, dimensions: number): Float32Array | null {
  if (!Array.isArray(value) || value.length !== dimensions) return null
  let squares = 0
  for (const number of value) {
    if (typeof number !== 'number') return null
    squares += number * number
  }
  if (!Number.isFinite(squares)) return null
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares)
  const vector = new Float32Array(dimensions)
  for (let at = 0; at < dimensions; at++) vector[at] = Number(value[at]) * scale
  return vector
}
