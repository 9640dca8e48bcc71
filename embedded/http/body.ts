import type { IncomingMessage } from 'node:http'
import { HttpError } from './http-error.ts'

function tooLarge(maxBytes: number): HttpError {
  return new HttpError(413, 'RequestTooLarge', `The request is larger than ${maxBytes} bytes.`)
}

/** Refuses a body that announces itself as too large. */
export function checkAnnouncedLength(request: IncomingMessage, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

/** The body, piece by piece, ending with an `HttpError` when it grows too large. */
export async function* limitedBody(request: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const chunk of request) {
    const bytes: Uint8Array = chunk
    total += bytes.byteLength
    if (total > maxBytes) throw tooLarge(maxBytes)
    yield bytes
  }
}

/** The whole body as UTF-8. */
export async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  checkAnnouncedLength(request, maxBytes)
  const chunks: Uint8Array[] = []
  for await (const chunk of limitedBody(request, maxBytes)) chunks.push(chunk)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof TypeError) throw new HttpError(400, 'BadJsonBody', 'The request body is not UTF-8.')
    throw error
  }
}
