import type { JsonObject } from '../../values/json-object.ts'
import { findFile, insertFile, removeFile, type FileScope } from '../file-rows.ts'
import type { Files } from '../files.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { optionalString, stringArgument } from './arguments.ts'

/** `null` when there is no such file. */
export function fileUrl(files: Files, scope: FileScope, args: JsonObject): string {
  return JSON.stringify(files.url(scope, stringArgument(args, 'storageId')))
}

/** For the deprecated `storage.getMetadata`: the UUID as id, and the digest in hex. */
export function fileMetadata(scope: FileScope, args: JsonObject): string {
  const file = findFile(scope, stringArgument(args, 'storageId'))
  if (file === null) return 'null'
  const { uuid, size, sha256, contentType } = file
  return JSON.stringify({ storageId: uuid, sha256: Buffer.from(sha256, 'base64').toString('hex'), size, contentType })
}

export function deleteFile(scope: FileScope, args: JsonObject): string {
  removeFile(scope, stringArgument(args, 'storageId'))
  return 'null'
}

/** `storage.store` in a mutation. */
export async function storeFile(call: TransactionCall, args: JsonObject): Promise<string> {
  const { files, writtenContents } = call.environment
  const bytes = Buffer.from(stringArgument(args, 'blob'), 'base64')
  call.transaction.usage.add('filesWritten', 1)
  call.transaction.usage.add('fileBytesWritten', bytes.byteLength)
  const content = await files.write([bytes], optionalString(args, 'sha256') ?? null)
  writtenContents.push(content.uuid)
  const contentType = optionalString(args, 'contentType') || null
  try {
    return await call.inTurn(() => JSON.stringify(insertFile(call, content, contentType)))
  } catch (error) {
    // The mutation may have ended without waiting for this.
    await files.discardUnused([content.uuid])
    throw error
  }
}

/** `storage.get` in a mutation. */
export async function readFile(call: TransactionCall, args: JsonObject): Promise<string> {
  const { transaction, environment } = call
  const file = findFile(call, stringArgument(args, 'storageId'))
  if (file === null) return 'null'
  transaction.usage.add('filesRead', 1)
  transaction.usage.add('fileBytesRead', file.size)
  const blob = await environment.files.blob(file)
  const bytes = Buffer.from(await blob.arrayBuffer())
  return JSON.stringify({ blob: bytes.toString('base64'), contentType: file.contentType })
}
