import { compareValues, convexToJson, jsonToConvex, type Value, type ValidatorJSON } from 'convex/values'
import { decodeDocumentId } from '../values/document-id.ts'
import { isConvexObject } from '../values/field-path.ts'
import type { Catalog } from './catalog.ts'
import { describeValidator } from './describe-validator.ts'

/** Why the value does not match, in Convex's words; null when it does. */
export function findMismatch(catalog: Catalog, validator: ValidatorJSON, value: Value): string | null {
  return mismatch(catalog, validator, value, '')
}

type ObjectValidator = Extract<ValidatorJSON, { type: 'object' }>
type RecordValidator = Extract<ValidatorJSON, { type: 'record' }>

function mismatch(catalog: Catalog, validator: ValidatorJSON, value: Value, path: string): string | null {
  switch (validator.type) {
    case 'any':
      return null
    case 'object':
      return objectMismatch(catalog, validator, value, path)
    case 'record':
      return recordMismatch(catalog, validator, value, path)
    case 'union':
      return validator.value.some((member) => mismatch(catalog, member, value, path) === null)
        ? null
        : differs(validator, value, path)
    case 'array':
      if (!Array.isArray(value)) return differs(validator, value, path)
      for (const [position, element] of value.entries()) {
        const found = mismatch(catalog, validator.value, element, `${path}[${position}]`)
        if (found !== null) return found
      }
      return null
    case 'id':
      return typeof value === 'string'
        ? idMismatch(catalog, validator.tableName, value, path)
        : differs(validator, value, path)
    default:
      return matchesPrimitive(validator, value) ? null : differs(validator, value, path)
  }
}

function matchesPrimitive(
  validator: Exclude<ValidatorJSON, { type: 'any' | 'object' | 'record' | 'union' | 'array' | 'id' }>,
  value: Value,
): boolean {
  switch (validator.type) {
    case 'null':
      return value === null
    case 'number':
      return typeof value === 'number'
    case 'bigint':
      return typeof value === 'bigint'
    case 'commitTs':
      return typeof value === 'bigint' || isPlaceholder(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'bytes':
      return value instanceof ArrayBuffer
    case 'literal':
      return compareValues(jsonToConvex(validator.value), value) === 0
  }
}

function isPlaceholder(value: Value): boolean {
  return typeof value === 'object' && JSON.stringify(convexToJson(value)) === '{"$commitTs":null}'
}

function objectMismatch(catalog: Catalog, validator: ObjectValidator, value: Value, path: string): string | null {
  if (!isConvexObject(value)) return differs(validator, value, path)
  for (const [name, { fieldType, optional }] of Object.entries(validator.value)) {
    const field = value[name]
    if (field === undefined) {
      if (optional) continue
      const advice = 'Consider wrapping the field validator in `v.optional(...)` if this is expected.'
      return `Object is missing the required field \`${name}\`. ${advice}\n\n${where('Object', validator, value, path)}`
    }
    const found = mismatch(catalog, fieldType, field, `${path}.${name}`)
    if (found !== null) return found
  }
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined || Object.hasOwn(validator.value, name)) continue
    return `Object contains extra field \`${name}\` that is not in the validator.\n\n${where('Object', validator, value, path)}`
  }
  return null
}

function recordMismatch(catalog: Catalog, validator: RecordValidator, value: Value, path: string): string | null {
  if (!isConvexObject(value)) return differs(validator, value, path)
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue
    const found =
      mismatch(catalog, validator.keys, name, `${path}.keys()`) ??
      mismatch(catalog, validator.values.fieldType, field, `${path}.${name}`)
    if (found !== null) return found
  }
  return null
}

function idMismatch(catalog: Catalog, tableName: string, value: string, path: string): string | null {
  const validator: ValidatorJSON = { type: 'id', tableName }
  const id = decodeDocumentId(value)
  if (id === null) return differs(validator, value, path)
  const table = catalog.byNumber(id.tableNumber)
  if (table?.name === tableName) return null
  return (
    `Found ID "${value}" from table \`${table?.name ?? 'unknown'}\`, ` +
    `which does not match the table name in validator \`${describeValidator(validator)}\`.${at(path)}`
  )
}

function differs(validator: ValidatorJSON, value: Value, path: string): string {
  return `Value does not match validator.${at(path)}\n${where('Value', validator, value, '')}`
}

function where(what: string, validator: ValidatorJSON, value: Value, path: string): string {
  const text = JSON.stringify(convexToJson(value))
  const shown = text.length > 1_000 ? `${text.slice(0, 1_000).toWellFormed()}…` : text
  return `${path === '' ? '' : `Path: ${path}\n`}${what}: ${shown}\nValidator: ${describeValidator(validator)}`
}

function at(path: string): string {
  return path === '' ? '' : `\nPath: ${path}`
}
