import { isJsonObject } from '../../values/json-object.ts'
import type { ActionCalls } from '../action-call.ts'
import type { CallInfo } from '../call-info.ts'
import { findFile } from '../file-rows.ts'
import type { FileLocation } from '../files.ts'
import { stringArgument } from './arguments.ts'

/** `storage.store` in an action: `{ blob, options?: { sha256? } }`. Gives the file's id. */
export async function storeBlob(calls: ActionCalls, args: unknown, info: CallInfo): Promise<string> {
  const { blob, options } = asObject(args)
  if (!(blob instanceof Blob)) {
    throw new TypeError('store() expects a Blob. To store a Request, `await request.blob()` gives one.')
  }
  const { sha256 = null } = asObject(options ?? {})
  if (sha256 !== null && typeof sha256 !== 'string') throw new TypeError('`sha256` must be a string, in base64.')
  return await calls.storeFile({ body: blob.stream(), contentType: blob.type || null, sha256 }, info)
}

/** `storage.get` in an action: `{ storageId }`. Its thread makes a Blob of it. Null when there is no such file. */
export async function locateBlob(calls: ActionCalls, args: unknown, info: CallInfo): Promise<FileLocation | null> {
  const storageId = isJsonObject(args) ? stringArgument(args, 'storageId') : ''
  const file = findFile(calls.committed(info), storageId)
  return file === null ? null : await calls.files().locate(file)
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
