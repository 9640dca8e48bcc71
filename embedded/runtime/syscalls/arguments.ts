import type { JSONValue } from 'convex/values'
import { isJsonObject, type JsonObject } from '../../values/json-object.ts'

export function parseArguments(argsJson: string): JsonObject {
  const args: unknown = JSON.parse(argsJson)
  if (!isJsonObject(args)) throw new TypeError('The arguments of a syscall must be an object')
  return args
}

export function stringArgument(args: JsonObject, name: string): string {
  const value = args[name]
  if (typeof value !== 'string')
    throw new TypeError(`Invalid argument \`${name}\`, expected string but got '${typeof value}'`)
  return value
}

export function numberArgument(args: JsonObject, name: string): number {
  const value = args[name]
  if (typeof value !== 'number')
    throw new TypeError(`Invalid argument \`${name}\`, expected number but got '${typeof value}'`)
  return value
}

export function optionalString(args: JsonObject, name: string): string | undefined {
  const value = args[name]
  return typeof value === 'string' ? value : undefined
}

export function objectArgument(args: JsonObject, name: string): JsonObject {
  const value = args[name]
  if (!isJsonObject(value)) throw new TypeError(`Invalid argument \`${name}\`, expected an object`)
  return value
}

export function functionArguments(args: JsonObject): JSONValue {
  return args['args'] ?? {}
}
