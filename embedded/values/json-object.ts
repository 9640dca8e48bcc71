import type { JSONValue } from 'convex/values'

export type JsonObject = { [key: string]: JSONValue }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
