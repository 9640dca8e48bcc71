import type { IncomingMessage } from 'node:http'
import type { StoredFiles } from '../runtime/engine.ts'
import { checkAnnouncedLength } from './body.ts'
import { HttpError } from './http-error.ts'

/** Stores the body of an upload as it comes in; gives the file's id. */
export async function receiveFile(incoming: IncomingMessage, token: string, files: StoredFiles): Promise<string> {
  const component = files.checkUploadToken(token)
  checkAnnouncedLength(incoming, files.maxBytes)
  const contentType = readContentType(incoming)
  const sha256 = readDigest(incoming)
  try {
    // A file that is refused half way must not close the connection: its answer goes there.
    const body = incoming.iterator({ destroyOnReturn: false })
    return await files.store({ body, contentType, sha256 }, component)
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) throw new HttpError(400, 'UploadBrokeOff', 'The upload broke off.')
    throw error
  }
}

function readContentType({ headers }: IncomingMessage): string | null {
  const type = headers['content-type']
  if (type === undefined || type === '') return null
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;[\x20-\x7e]*)?$/.test(type)) return type
  throw new HttpError(400, 'BadHeader', 'The Content-Type is not a media type.')
}

/** Base64, of a header such as `Digest: sha-256=…`. */
function readDigest({ headers }: IncomingMessage): string | null {
  const { digest } = headers
  if (digest === undefined) return null
  const [, sha256] = /^sha-256=([^,\s]+)$/i.exec(String(digest)) ?? []
  if (sha256 === undefined) throw new HttpError(400, 'BadHeader', 'The Digest header must read sha-256=BASE64.')
  return sha256
}
