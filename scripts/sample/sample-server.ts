import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('index.html', import.meta.url))

/**
 * Serves the sample page on loopback, and nothing else.
 * @returns its address; disposing of it closes the server and what is connected
 */
export async function serveSamplePage(port: number): Promise<AsyncDisposable & { url: string }> {
  const page = await readFile(PAGE)
  const url = `http://127.0.0.1:${port}/`
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || new URL(request.url ?? '/', url).pathname !== '/') {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length }).end(page)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening)
  })
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
