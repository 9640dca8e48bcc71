import type { JSONValue } from 'convex/values'
import { encodeDocumentId, newInternalId } from '../../values/document-id.ts'
import { checkDocument } from '../../values/document-limits.ts'
import { isJsonObject, type JsonObject } from '../../values/json-object.ts'
import type { TableDefinition } from '../catalog.ts'
import type { Component } from '../components.ts'
import { Document } from '../document.ts'
import { findSchemaMismatch } from '../schema.ts'
import type { Transaction } from '../transaction.ts'
import { objectArgument, optionalString, stringArgument } from './arguments.ts'
import { resolveId } from './resolve-id.ts'

/** The write syscalls of one mutation. */
export class Writes {
  readonly #transaction: Transaction
  readonly #component: Component
  readonly #nextCreationTime: () => number

  constructor(transaction: Transaction, component: Component, nextCreationTime: () => number) {
    this.#transaction = transaction
    this.#component = component
    this.#nextCreationTime = nextCreationTime
  }

  insert(args: JsonObject): string {
    const table = this.#userTable(stringArgument(args, 'table'))
    return JSON.stringify({ _id: this.insertInto(table, objectArgument(args, 'value')) })
  }

  /** Gives the new id. */
  insertInto(table: TableDefinition, fields: JsonObject): string {
    for (const field of Object.keys(fields)) checkFieldName(field)
    const _creationTime = this.#nextCreationTime()
    const internalId = newInternalId(_creationTime)
    const _id = encodeDocumentId({ tableNumber: table.number, internalId })
    const document = Document.written({ ...fields, _creationTime, _id })
    this.#check(table, document)
    this.#transaction.insert(table, _id, document)
    return _id
  }

  merge(args: JsonObject): string {
    const { table, id, document } = this.#existing(args, 'patch')
    const merged = jsonOf(document)
    for (const [field, value] of Object.entries(this.#fieldsOf(args, document))) {
      if (isJsonObject(value) && '$undefined' in value) delete merged[field]
      else merged[field] = value
    }
    this.replaceIn(table, id, document, merged)
    return '{}'
  }

  replace(args: JsonObject): string {
    const { table, id, document } = this.#existing(args, 'replace')
    const { _id, _creationTime } = jsonOf(document)
    if (_id === undefined || _creationTime === undefined) throw new Error('The document has lost its system fields')
    this.replaceIn(table, id, document, { ...this.#fieldsOf(args, document), _creationTime, _id })
    return '{}'
  }

  remove(args: JsonObject): string {
    const { table, id, document } = this.#existing(args, 'delete')
    this.#transaction.replace(table, id, document, null)
    return '{}'
  }

  replaceIn(table: TableDefinition, id: string, current: Document, json: JsonObject): void {
    const next = Document.written(json)
    this.#check(table, next)
    this.#transaction.replace(table, id, current, next)
  }

  #existing(args: JsonObject, method: 'patch' | 'replace' | 'delete') {
    const id = stringArgument(args, 'id')
    const table = resolveId(this.#component.catalog, id, method, optionalString(args, 'table'))
    if (table?.name.startsWith('_') === true) throw new Error('System tables (prefixed with `_`) are read-only.')
    const document = table === null ? null : this.#transaction.get(table, id)
    if (table === null || document === null) {
      const named = method.charAt(0).toUpperCase() + method.slice(1)
      throw new Error(`${named} on nonexistent document ID ${id}`)
    }
    return { table, id, document }
  }

  /** The given fields without the system ones, which may be given but not changed. */
  #fieldsOf(args: JsonObject, document: Document): JsonObject {
    const { _id, _creationTime, ...fields } = objectArgument(args, 'value')
    const stored = jsonOf(document)
    if (_id !== undefined && _id !== stored['_id']) {
      throw new Error(`Provided \`_id\` field value "${String(_id)}" does not match the document ID "${document.id}"`)
    }
    if (_creationTime !== undefined && _creationTime !== stored['_creationTime']) {
      throw new Error('Provided `_creationTime` field value does not match the creation time of the document')
    }
    for (const field of Object.keys(fields)) checkFieldName(field)
    return fields
  }

  #check(table: TableDefinition, document: Document): void {
    // A job's row holds arguments, which may be more than a document; what they may be was checked.
    if (!table.name.startsWith('_')) checkDocument(document.value, document.size)
    const { catalog, schema } = this.#component
    const mismatch = findSchemaMismatch(catalog, schema, table.name, document.value)
    if (mismatch === null) return
    throw new Error(
      `Failed to insert or update a document in table "${table.name}" because it does not match the schema: ${mismatch}`,
    )
  }

  #userTable(name: string): TableDefinition {
    if (name.startsWith('_')) throw new Error('System tables (prefixed with `_`) are read-only.')
    return this.#component.catalog.table(name)
  }
}

function checkFieldName(field: string): void {
  if (field.startsWith('_')) {
    throw new Error(
      `Field name '${field}' starts with an underscore, which is only allowed for system fields like '_id'.`,
    )
  }
}

function jsonOf(document: Document): JsonObject {
  const json: JSONValue = JSON.parse(document.json)
  if (!isJsonObject(json)) throw new TypeError('A document must be an object')
  return json
}
