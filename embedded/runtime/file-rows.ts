import { decodeDocumentId } from '../values/document-id.ts'
import type { JsonObject } from '../values/json-object.ts'
import type { WrittenFile } from '../files/file-store.ts'
import { ComponentCatalog } from './component-catalog.ts'
import type { Component } from './components.ts'
import type { Document } from './document.ts'
import { toKeyRange } from './index-range.ts'
import type { Writes } from './syscalls/writes.ts'
import type { Transaction } from './transaction.ts'

/** A stored file: its row in `_storage`, and the name of its content. */
export interface FileRow {
  readonly id: string
  readonly uuid: string
  /** In bytes. */
  readonly size: number
  /** Base64. */
  readonly sha256: string
  readonly contentType: string | null
}

/** The files of one component, as a transaction sees them. */
export interface FileScope {
  readonly transaction: Transaction
  readonly component: Pick<Component, 'catalog'>
}

/** What `ctx.db.system` shows of files; each component has one. */
export const filesTable = '_storage'

/**
 * Which file's content has which UUID. Apart from `_storage`, since an id may be shown to anyone, while who knows the
 * UUID may read the file.
 */
export const fileNamesTable = '_storage_names'

export const fileNameIndexes = [
  { name: 'by_uuid', fields: ['uuid'] },
  { name: 'by_file', fields: ['file'] },
] as const

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function isFileUuid(text: string): boolean {
  return uuidPattern.test(text)
}

/** Gives the file's id. */
export function insertFile(
  { writes, component: { catalog } }: FileScope & { readonly writes: Writes },
  { uuid, ...content }: WrittenFile,
  contentType: string | null,
): string {
  const file = writes.insertInto(catalog.table(filesTable), { ...content, contentType })
  writes.insertInto(catalog.table(fileNamesTable), { uuid, file })
  return file
}

/** The UUID of a file, by its id, or by the UUID itself as functions of old may have stored it. */
export function findFileUuid(scope: FileScope, storageId: string): string | null {
  const name = findName(scope, storageId)
  return name === null ? null : toName(name).uuid
}

/** By id or UUID, as above. */
export function findFile(scope: FileScope, storageId: string): FileRow | null {
  const { transaction, component } = scope
  const name = findName(scope, storageId)
  if (name === null) return null
  const { uuid, file: id } = toName(name)
  const document = transaction.get(component.catalog.table(filesTable), id)
  return document === null ? null : { id, uuid, ...toContent(document) }
}

/** The file of that UUID in any component, one that is installed no more included; null for what is no UUID, too. */
export function findNamedFile(transaction: Transaction, uuid: string): FileRow | null {
  if (!isFileUuid(uuid)) return null
  const { catalog } = transaction
  for (const { component } of catalog.named(fileNamesTable)) {
    const file = findFile({ transaction, component: { catalog: new ComponentCatalog(catalog, component) } }, uuid)
    if (file !== null) return file
  }
  return null
}

/** Throws when there is no such file. */
export function removeFile(scope: FileScope, storageId: string): void {
  const { transaction, component } = scope
  const { catalog } = component
  const name = findName(scope, storageId)
  if (name === null) throw new Error(`storage id ${storageId} not found`)
  const { file } = toName(name)
  const document = transaction.get(catalog.table(filesTable), file)
  if (document !== null) transaction.replace(catalog.table(filesTable), file, document, null)
  transaction.replace(catalog.table(fileNamesTable), name.id, name, null)
}

/** The UUID in a row of `_storage_names`. */
export function uuidOf(name: Document): string {
  return toName(name).uuid
}

function findName(scope: FileScope, storageId: string): Document | null {
  if (isFileUuid(storageId)) return firstName(scope, 'by_uuid', 'uuid', storageId)
  const decoded = decodeDocumentId(storageId)
  if (decoded === null) {
    throw new Error(`Invalid storage ID: '${storageId}'. It must be an ID of the table '_storage', or a UUID.`)
  }
  if (decoded.tableNumber !== scope.component.catalog.table(filesTable).number) {
    throw new Error(`Invalid storage ID: '${storageId}' is an ID of another table than '_storage'.`)
  }
  return firstName(scope, 'by_file', 'file', storageId)
}

function firstName(
  { transaction, component }: FileScope,
  indexName: (typeof fileNameIndexes)[number]['name'],
  fieldPath: string,
  value: string,
): Document | null {
  const index = component.catalog.table(fileNamesTable).indexes.get(indexName)
  if (index === undefined) throw new Error(`${fileNamesTable} lacks its index ${indexName}`)
  const scan = transaction.scan(index, toKeyRange(index, [{ type: 'Eq', fieldPath, value }], 'asc'), 1)
  const document = scan.next()?.document ?? null
  scan.close()
  transaction.usage.read(1, document?.size ?? 0)
  return document
}

function toName(document: Document): { uuid: string; file: string } {
  const { uuid, file }: JsonObject = JSON.parse(document.json)
  if (typeof uuid === 'string' && typeof file === 'string') return { uuid, file }
  throw damaged(document)
}

function toContent(document: Document): Omit<FileRow, 'id' | 'uuid'> {
  const { size, sha256, contentType }: JsonObject = JSON.parse(document.json)
  const isTyped = contentType === null || typeof contentType === 'string'
  if (typeof size === 'number' && typeof sha256 === 'string' && isTyped) return { size, sha256, contentType }
  throw damaged(document)
}

function damaged(document: Document): Error {
  return new Error(`The row ${document.id} of a stored file cannot be read; the database is damaged.`)
}
