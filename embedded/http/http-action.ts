import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine, Identity } from '../runtime/engine.ts'
import { checkAnnouncedLength, limitedBody } from './body.ts'
import { HttpError } from './http-error.ts'

export interface HttpActionContext {
  readonly engine: Engine
  readonly identity: Identity | null
  /** The absolute address the app shall see. */
  readonly url: URL
  readonly maxBodyBytes: number
  /** Headers of ours, which the app's own do not override. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether CORS is the server's business: the app's own `access-control-*` headers are dropped. */
  readonly ownsCors: boolean
}

/** Runs the app's HTTP action for a request and streams its response. False when the app has no such route. */
export async function serveHttpAction(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: HttpActionContext,
): Promise<boolean> {
  checkAnnouncedLength(incoming, context.maxBodyBytes)
  const abort = new AbortController()
  response.once('close', () => abort.abort())
  const refused: HttpError[] = []
  async function* body() {
    try {
      yield* limitedBody(incoming, context.maxBodyBytes)
    } catch (error) {
      if (error instanceof HttpError) refused.push(error)
      throw error
    }
  }
  const request = toRequest(incoming, context.url, body, abort.signal)
  const answer = await context.engine.httpAction(request, context.identity)
  // The app only saw its body break off; the client shall hear why.
  for (const refusal of refused) throw refusal
  if (answer === null) return false
  if (response.destroyed) return true
  writeHeaders(response, answer, context)
  if (answer.body === null || incoming.method === 'HEAD') {
    response.end()
    return true
  }
  response.flushHeaders()
  await streamTo(response, answer.body)
  return true
}

/** Not `pipeline`: while it waits for the next piece it does not cancel the source of a client that left. */
async function streamTo(response: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader()
  let proceed = () => {}
  response.on('drain', () => proceed())
  response.once('close', () => {
    proceed()
    // The app's own clean-up may fail; its response is over either way.
    reader.cancel().catch(() => undefined)
  })
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (response.destroyed) return
    if (!response.write(piece.value)) await new Promise<void>((resolve) => (proceed = resolve))
  }
  response.end()
}

const BODILESS = new Set(['GET', 'HEAD'])
/** Methods that a `Request` cannot have. */
const IMPOSSIBLE = new Set(['CONNECT', 'TRACE', 'TRACK'])

function toRequest(
  incoming: IncomingMessage,
  url: URL,
  body: () => AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
): Request {
  const method = incoming.method ?? 'GET'
  if (IMPOSSIBLE.has(method)) throw new HttpError(405, 'MethodNotAllowed', 'HTTP actions do not have that method.')
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  if (BODILESS.has(method)) return new Request(url, { method, headers, signal })
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    signal,
    body: toStream(body()),
    duplex: 'half',
  }
  return new Request(url, init)
}

function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

function writeHeaders(
  response: ServerResponse,
  { status, headers }: Response,
  { headers: own, ownsCors }: HttpActionContext,
): void {
  response.statusCode = status
  for (const [name, value] of headers) {
    if (ownsCors && name.startsWith('access-control-')) continue
    // The framing is this server's, whatever the app says.
    if (name === 'transfer-encoding' || name === 'connection') continue
    response.appendHeader(name, value)
  }
  for (const [name, value] of Object.entries(own)) response.appendHeader(name, value)
}
