import { createServer, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenOnLoopback } from '../provider/listen-on-loopback.ts'
import { hugeArticle } from './huge-article.ts'
import { longPage } from './long-page.ts'
import { nooks } from './nooks.ts'
import { pdfFiles } from './pdf-files.ts'
import { tides } from './tides.ts'
import { captions, videoPage } from './video-page.ts'

const samplePage = new URL('../../../scripts/sample/index.html', import.meta.url)

/** Web pages of our own writing, on loopback. */
export class PageServer implements AsyncDisposable {
  readonly origin: string
  readonly #close: () => Promise<void>

  private constructor(port: number, close: () => Promise<void>) {
    this.origin = `http://127.0.0.1:${port}`
    this.#close = close
  }

  static async start(): Promise<PageServer> {
    const server = createServer((request, response) => {
      const route = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
      void (routes[route] ?? notFound)(response)
    })
    const port = await listenOnLoopback(server)
    return new PageServer(port, async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    })
  }

  /** The address of a page; `localhost` is another origin than the default. */
  url(path: keyof typeof routes, host = '127.0.0.1'): string {
    return new URL(path, this.origin.replace('127.0.0.1', host)).href
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
  }
}

type Route = (response: ServerResponse) => void | Promise<void>

const routes: Readonly<Record<string, Route>> = {
  '/sample': async (response) => html(response, await readFile(samplePage, 'utf8')),
  '/tides': (response) => html(response, tides),
  // Far down, so that a passage of it has to be scrolled to.
  '/tides-below': (response) => html(response, tides.replace('<main>', '<main style="padding-top: 3000px">')),
  '/nooks': (response) => html(response, nooks),
  '/empty': (response) => html(response, '<!doctype html><html lang="en"><title>Nothing here</title><body></body>'),
  '/long': (response) => html(response, longPage()),
  '/huge': (response) => html(response, hugeArticle()),
  '/slow': async (response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.write(tides.slice(0, tides.length / 2))
    await sleep(SLOW_MS)
    response.end(tides.slice(tides.length / 2))
  },
  '/watch': (response) => html(response, videoPage),
  '/timedtext': (response) => text(response, 'application/json', captions),
  '/drawn': (response) =>
    html(
      response,
      '<!doctype html><html lang="en"><title>A drawn page</title><body><button>Edit</button><canvas width="1000" height="700"></canvas></body></html>',
    ),
  '/notes.txt': (response) => text(response, 'text/plain', 'The tide gauge.\n\nA pipe that stands in the water.'),
  '/tide.json': (response) => text(response, 'application/json', '{"gauge": "the north quay", "hole": 25}'),
  '/tide.xml': (response) => text(response, 'application/xml', '<gauge><quay>the north quay</quay></gauge>'),
  ...Object.fromEntries(Object.entries(pdfFiles).map(([path, write]) => [path, pdf(write)])),
  '/wrapped-pdf': (response) =>
    html(
      response,
      '<!doctype html><html lang="en"><title>A viewer</title><body style="margin:0"><embed src="/report.pdf" type="application/pdf" style="width:100vw;height:100vh"></body></html>',
    ),
}

function text(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body)
}

function pdf(write: () => Buffer): Route {
  return (response) => void response.writeHead(200, { 'content-type': 'application/pdf' }).end(write())
}

const SLOW_MS = 3_000

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body)
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
}
