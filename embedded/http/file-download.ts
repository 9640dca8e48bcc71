import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { StoredFile } from '../runtime/engine.ts'
import { parseByteRange } from './byte-range.ts'
import { etagOf, fileHeaders } from './file-headers.ts'

/** Answers a GET or HEAD with a file, piece by piece; `cors` are headers to add. */
export async function sendFile(
  incoming: IncomingMessage,
  response: ServerResponse,
  file: StoredFile,
  cors: Readonly<Record<string, string>>,
): Promise<void> {
  const content = await file.open()
  try {
    const headers = { ...fileHeaders(file), ...cors }
    const etag = etagOf(file.sha256)
    if (matches(incoming.headers['if-none-match'], etag)) {
      response.writeHead(304, headers).end()
      return
    }
    const range = wantsRange(incoming, etag) ? parseByteRange(incoming.headers.range, file.size) : 'whole'
    if (range === 'unsatisfiable') {
      response.writeHead(416, { ...cors, 'content-range': `bytes */${file.size}`, 'content-length': 0 }).end()
      return
    }
    if (range === 'whole') {
      response.writeHead(200, { ...headers, 'content-length': file.size })
    } else {
      const { start, end } = range
      const contentRange = `bytes ${start}-${end}/${file.size}`
      response.writeHead(206, { ...headers, 'content-range': contentRange, 'content-length': end - start + 1 })
    }
    if (incoming.method === 'HEAD') {
      response.end()
      return
    }
    await pipeline(content.createReadStream({ autoClose: false, ...(range !== 'whole' && range) }), response)
  } catch (error) {
    // A client that left is no failure.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  } finally {
    await content.close()
  }
}

/** Ranges are defined for GET alone; `If-Range` asks for one only while the content is the same. */
function wantsRange({ method, headers }: IncomingMessage, etag: string): boolean {
  return method === 'GET' && (headers['if-range'] === undefined || headers['if-range'] === etag)
}

function matches(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
