import type { RequestMessage, ResponseMessage } from './messages.ts'
import { receiveBytes, sendBytes } from './port-stream.ts'

export function toRequestMessage({ url, method, headers, body }: Request): RequestMessage {
  return { url, method, headers: [...headers], body: body && sendBytes(body) }
}

export function toRequest({ url, method, headers, body }: RequestMessage, signal: AbortSignal): Request {
  const init: RequestInit = { method, headers: headersOf(headers), signal }
  if (body === null) return new Request(url, init)
  const streamed: RequestInit & { duplex: 'half' } = { ...init, body: receiveBytes(body), duplex: 'half' }
  return new Request(url, streamed)
}

export function toResponseMessage({ status, statusText, headers, body }: Response): ResponseMessage {
  return { status, statusText, headers: [...headers], body: body && sendBytes(body) }
}

export function toResponse({ status, statusText, headers, body }: ResponseMessage): Response {
  return new Response(body && receiveBytes(body), { status, statusText, headers: headersOf(headers) })
}

/** One entry a line, so that two cookies stay two. */
function headersOf(entries: readonly (readonly [string, string])[]): Headers {
  const headers = new Headers()
  for (const [name, value] of entries) headers.append(name, value)
  return headers
}
