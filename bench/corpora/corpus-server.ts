import { createServer } from 'node:http'
import { listenOnLoopback } from '../../tests/support/provider/listen-on-loopback.ts'

export interface ServedPage {
  readonly body: string | Buffer
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Serves pages by their names on loopback. As `localhost` it is another origin, whose every page is an advertisement. */
export class CorpusServer implements AsyncDisposable {
  readonly origin: string
  readonly otherOrigin: string
  readonly #close: () => Promise<void>

  private constructor(port: number, close: () => Promise<void>) {
    this.origin = `http://127.0.0.1:${port}`
    this.otherOrigin = `http://localhost:${port}`
    this.#close = close
  }

  /** @param pageOf the page of a name, made when it is asked for */
  static async start(pageOf: (name: string, otherOrigin: string) => ServedPage | undefined): Promise<CorpusServer> {
    let otherOrigin = ''
    // Addresses of 60 KB are among the cases.
    const server = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
      if (pathname === '/ad') return void response.writeHead(200, { 'content-type': 'text/html' }).end('AD-FRAME')
      const page = pageOf(decodeURIComponent(pathname.slice(1)), otherOrigin)
      if (page === undefined) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
      response.writeHead(200, { 'content-type': page.contentType, ...page.headers }).end(page.body)
    })
    const port = await listenOnLoopback(server)
    otherOrigin = `http://localhost:${port}`
    return new CorpusServer(port, async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
  }
}
