import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What one request gets: a handler that writes the raw answer. */
export type Script = (response: ServerResponse, body: string, request: IncomingMessage) => void | Promise<void>

/** An HTTP server on loopback that answers request after request from a list of scripts; the last one repeats. */
export async function startProvider(...first: Script[]) {
  let scripts = first
  const requests: { path: string; body: string; closedEarly: boolean }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => (body += text))
    request.on('end', () => {
      const record = { path: request.url ?? '', body, closedEarly: false }
      requests.push(record)
      response.on('close', () => (record.closedEarly = !response.writableFinished))
      const script = scripts[Math.min(requests.length, scripts.length) - 1]
      void script?.(response, body, request)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (!isBound(address)) throw new Error('the scripted provider has no port')
  const url = `http://127.0.0.1:${String(address.port)}/v1`
  return {
    url,
    requests,
    /** Forgets what was asked, and answers by these scripts from now on. */
    play: (...next: Script[]) => {
      requests.length = 0
      scripts = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

function isBound(address: string | AddressInfo | null): address is AddressInfo {
  return address !== null && typeof address === 'object'
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`

/** OpenAI-compatible events. */
export const delta = (content: string) => event({ choices: [{ index: 0, delta: { role: 'assistant', content } }] })
export const done = (reason = 'stop', inputTokens = 11) =>
  `${event({ choices: [{ index: 0, delta: {}, finish_reason: reason }], usage: { prompt_tokens: inputTokens, completion_tokens: 7 } })}data: [DONE]\n\n`

/** Streams these raw pieces, `everyMs` apart, and ends. */
export function stream(pieces: readonly (string | Uint8Array)[], everyMs = 0): Script {
  return async (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    for (const piece of pieces) {
      if (response.destroyed) return
      response.write(piece)
      if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
    response.end()
  }
}

/** An answer with a status and no stream. */
export function status(code: number, body: string | object = '', headers: Record<string, string> = {}): Script {
  return (response) => {
    const json = typeof body === 'object'
    response.writeHead(code, { 'Content-Type': json ? 'application/json' : 'text/html', ...headers })
    response.end(json ? JSON.stringify(body) : body)
  }
}

/** Accepts the request and never answers. */
export const silence: Script = () => {}
