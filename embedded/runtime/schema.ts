import type { JSONValue, ValidatorJSON, Value } from 'convex/values'
import { isJsonObject, type JsonObject } from '../values/json-object.ts'
import type { Catalog } from './catalog.ts'
import { findMismatch } from './validator.ts'
import { parseVectorIndexes, type VectorIndex } from './vector-index.ts'

export interface SearchIndexSchema {
  readonly name: string
  readonly searchField: string
  readonly filterFields: readonly string[]
}

export interface TableSchema {
  readonly name: string
  readonly documentType: ValidatorJSON
  readonly indexes: readonly { readonly name: string; readonly fields: readonly string[] }[]
  readonly searchIndexes: readonly SearchIndexSchema[]
  /** By name. */
  readonly vectorIndexes: ReadonlyMap<string, VectorIndex>
}

/** What `schema.ts` exports. Without one, every document is allowed and only the built-in indexes exist. */
export interface Schema {
  readonly tables: ReadonlyMap<string, TableSchema>
  readonly isEnforced: boolean
}

export const noSchema: Schema = { tables: new Map(), isEnforced: false }

/** Reads the text that `SchemaDefinition.export()` gives. Staged indexes are left out. */
export function parseSchema(exported: string): Schema {
  const schema: unknown = JSON.parse(exported)
  if (!isJsonObject(schema) || !Array.isArray(schema['tables'])) throw new Error('schema.ts exports no schema')
  const tables = schema['tables'].filter(isJsonObject).map(parseTable)
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    isEnforced: schema['schemaValidation'] !== false,
  }
}

function parseTable(table: JsonObject): TableSchema {
  const { tableName, documentType, indexes } = table
  if (typeof tableName !== 'string' || !isValidator(documentType) || !Array.isArray(indexes)) {
    throw new Error(`schema.ts defines a table that cannot be read: ${JSON.stringify(tableName)}`)
  }
  return {
    name: tableName,
    documentType,
    indexes: indexes.filter(isJsonObject).map(parseIndex),
    searchIndexes: parseSearchIndexes(tableName, table['searchIndexes']),
    vectorIndexes: parseVectorIndexes(tableName, table['vectorIndexes']),
  }
}

function parseIndex({ indexDescriptor, fields }: JsonObject) {
  if (typeof indexDescriptor !== 'string' || !Array.isArray(fields)) throw new Error('schema.ts defines a broken index')
  return { name: indexDescriptor, fields: fields.filter((field) => typeof field === 'string') }
}

const mostFilterFields = 16

function parseSearchIndexes(table: string, json: JSONValue | undefined): SearchIndexSchema[] {
  const searchIndexes = Array.isArray(json) ? json.filter(isJsonObject).map(parseSearchIndex) : []
  const fields = new Set<string>()
  for (const { name, searchField, filterFields } of searchIndexes) {
    if (filterFields.length > mostFilterFields) {
      throw new Error(`The search index ${table}.${name} has more than ${mostFilterFields} filter fields.`)
    }
    if (fields.has(searchField)) {
      throw new Error(`Table ${table} has two search indexes of the field "${searchField}"; make them one.`)
    }
    fields.add(searchField)
  }
  return searchIndexes
}

function parseSearchIndex({ indexDescriptor, searchField, filterFields }: JsonObject): SearchIndexSchema {
  if (typeof indexDescriptor !== 'string' || typeof searchField !== 'string' || !Array.isArray(filterFields)) {
    throw new Error('schema.ts defines a broken search index')
  }
  const fields = filterFields.filter((field) => typeof field === 'string')
  // In one order, so that naming the same fields in another one makes no other index.
  return { name: indexDescriptor, searchField, filterFields: [...new Set(fields)].toSorted() }
}

/** `convex/values` made it; only its outer shape is looked at. */
export function isValidator(json: unknown): json is ValidatorJSON {
  return typeof json === 'object' && json !== null && 'type' in json && typeof json.type === 'string'
}

/** Why a document does not fit its table, system fields aside; null when it does. */
export function findSchemaMismatch(catalog: Catalog, schema: Schema, table: string, document: Value): string | null {
  const tableSchema = schema.tables.get(table)
  if (!schema.isEnforced || tableSchema === undefined) return null
  return findMismatch(catalog, withSystemFields(tableSchema.documentType, table), document)
}

function withSystemFields(type: ValidatorJSON, tableName: string): ValidatorJSON {
  if (type.type === 'union') return { ...type, value: type.value.map((member) => withSystemFields(member, tableName)) }
  if (type.type !== 'object') return type
  return {
    ...type,
    value: {
      ...type.value,
      _id: { fieldType: { type: 'id', tableName }, optional: false },
      _creationTime: { fieldType: { type: 'number' }, optional: false },
    },
  }
}
