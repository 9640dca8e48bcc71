import { jsonToConvex, type JSONValue, type Value } from 'convex/values'

/**
 * A Convex value as JSON for people and other languages (`format: "json"`): an int64 is a string, bytes are base64,
 * a number that JSON cannot say is its name.
 */
export function toPlainJson(encoded: JSONValue): JSONValue {
  return plain(jsonToConvex(encoded))
}

function plain(value: Value): JSONValue {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object') {
    const fields: Record<string, JSONValue> = {}
    for (const [field, inner] of Object.entries(value)) if (inner !== undefined) fields[field] = plain(inner)
    return fields
  }
  return value
}
