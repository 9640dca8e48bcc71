import type { IncomingMessage, ServerResponse } from 'node:http'
import { FileError, type FileErrorCode } from '../files/file-error.ts'
import type { StoredFiles } from '../runtime/engine.ts'
import { sendFile } from './file-download.ts'
import { receiveFile } from './file-upload.ts'
import { HttpError } from './http-error.ts'

const prefix = '/api/storage/'

export function ownsFilePath(path: string): boolean {
  return path.startsWith(prefix)
}

/** `POST upload?token=` gives what to answer with; `GET` or `HEAD` of a UUID answers by itself, and gives null. */
export async function serveFile(
  incoming: IncomingMessage,
  response: ServerResponse,
  files: StoredFiles | undefined,
  url: URL,
  cors: Readonly<Record<string, string>>,
): Promise<{ readonly storageId: string } | null> {
  const name = url.pathname.slice(prefix.length)
  const isUpload = name === 'upload'
  if (files === undefined) throw notFound()
  if (!(isUpload ? ['POST'] : ['GET', 'HEAD']).includes(incoming.method ?? '')) {
    throw new HttpError(405, 'MethodNotAllowed', 'This endpoint does not have that method.')
  }
  try {
    if (isUpload) return { storageId: await receiveFile(incoming, url.searchParams.get('token') ?? '', files) }
    const file = files.find(name)
    if (file === null) throw notFound()
    await sendFile(incoming, response, file, cors)
    return null
  } catch (error) {
    if (error instanceof FileError) throw new HttpError(statuses[error.code], error.code, error.message)
    throw error
  }
}

function notFound(): HttpError {
  return new HttpError(404, 'FileNotFound', 'There is no such file.')
}

const statuses: Readonly<Record<FileErrorCode, number>> = {
  FileTooLarge: 413,
  InvalidDigest: 400,
  Sha256Mismatch: 400,
  DiskFull: 507,
  FileContentMissing: 500,
  StorageTokenInvalid: 401,
  StorageTokenExpired: 401,
}
