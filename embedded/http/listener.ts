import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ManualClock } from '../runtime/clock.ts'
import type { Engine } from '../runtime/engine.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { ANONYMOUS, CredentialsError, isVerified, type Caller } from '../auth/caller.ts'
import type { Api } from './api.ts'
import { readText } from './body.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { parseJson } from './function-request.ts'
import { ownsFilePath, serveFile } from './files.ts'
import { guard, type GuardPolicy, type Verdict } from './guard.ts'
import { serveHttpAction } from './http-action.ts'
import { HttpError } from './http-error.ts'

export interface ListenerOptions {
  readonly engine: Engine
  readonly authenticator: Authenticator
  readonly policy: GuardPolicy
  readonly requireAuth: boolean
  readonly maxBodyBytes: number
  readonly log: (line: string) => void
}

export interface MainListenerOptions extends ListenerOptions {
  readonly api: Api
  readonly instanceName: string
  readonly version: string
  /** Null where the time is the machine's. */
  readonly clock: ManualClock | null
  readonly metrics: () => Readonly<Record<string, unknown>>
}

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly origin: string | null
}

const NO_ROUTE = new HttpError(404, 'NotFound', 'No matching routes found')

/** The deployment's own port: function API, HTTP actions under `/http`, a few facts. */
export function createMainListener(options: MainListenerOptions): Listener {
  return listen(options, async (exchange) => {
    const { pathname } = exchange.url
    if (pathname === '/http' || pathname.startsWith('/http/')) return httpAction(exchange, options, '/http')
    if (answerPreflight(exchange, options)) return
    if (options.api.owns(pathname)) return functionApi(exchange, options)
    if (ownsFilePath(pathname)) return files(exchange, options)
    if (pathname === '/api/embedded/clock') return moveClock(exchange, options)
    if (exchange.incoming.method !== 'GET' && exchange.incoming.method !== 'HEAD') throw NO_ROUTE
    switch (pathname) {
      case '/':
        return text(exchange, options, 'This Convex deployment is running.')
      case '/version':
        return text(exchange, options, options.version)
      case '/instance_name':
        return text(exchange, options, options.instanceName)
      case '/api/embedded/metrics':
        await admitAdmin(exchange, options)
        return json(exchange, options, 200, options.metrics())
      default:
        throw NO_ROUTE
    }
  })
}

/** The site port: the app's HTTP actions, at any path. */
export function createSiteListener(options: ListenerOptions): Listener {
  return listen(options, (exchange) => httpAction(exchange, options, ''))
}

export function judge(request: IncomingMessage, policy: GuardPolicy): Verdict {
  const { host = [], origin = [] } = request.headersDistinct
  return guard({ host, origin }, request.socket.localPort ?? 0, policy)
}

function listen(options: ListenerOptions, route: (exchange: Exchange) => Promise<void>): Listener {
  return (incoming, response) => {
    response.setHeader('x-content-type-options', 'nosniff')
    if (options.policy.allowOrigins !== null) response.setHeader('cross-origin-resource-policy', 'same-origin')
    const verdict = judge(incoming, options.policy)
    if (!verdict.ok) {
      const code = verdict.status === 421 ? 'MisdirectedRequest' : 'ForbiddenOrigin'
      return sendJson(response, verdict.status, { code, message: verdict.message })
    }
    const base = `http://${incoming.headers.host}`
    const target = incoming.url ?? '/'
    if (!target.startsWith('/') || !URL.canParse(base + target)) {
      return sendJson(response, 400, { code: 'BadRequest', message: 'The request target must be a path.' })
    }
    const exchange = { incoming, response, url: new URL(base + target), origin: verdict.origin }
    route(exchange).catch((error: unknown) => refuse(error, exchange, options))
  }
}

function refuse(error: unknown, exchange: Exchange, options: ListenerOptions): void {
  const { response } = exchange
  if (!(error instanceof HttpError)) {
    // The client learns nothing of our inside.
    options.log(`http: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, code, message } =
    error instanceof HttpError
      ? error
      : new HttpError(500, 'InternalServerError', 'The request could not be completed. Try again later.')
  // What is left of a refused body is not read.
  if (status === 413) response.setHeader('connection', 'close')
  json(exchange, options, status, { code, message })
}

async function callerOf({ incoming }: Exchange, { authenticator }: ListenerOptions): Promise<Caller> {
  try {
    return await authenticator.fromHeader(incoming.headers.authorization)
  } catch (error) {
    if (error instanceof CredentialsError) throw new HttpError(401, 'Unauthenticated', error.message)
    throw error
  }
}

async function admitAdmin(exchange: Exchange, options: ListenerOptions): Promise<void> {
  // Where callers must prove who they are, there are no admin routes at all.
  if (options.requireAuth) throw NO_ROUTE
  if (!(await callerOf(exchange, options)).admin) throw new HttpError(403, 'Forbidden', 'The admin key is needed.')
}

/** `POST {"advanceMs": N}` → `{"nowMs"}`. */
async function moveClock(exchange: Exchange, options: MainListenerOptions): Promise<void> {
  const { clock } = options
  if (clock === null || exchange.incoming.method !== 'POST') throw NO_ROUTE
  await admitAdmin(exchange, options)
  const body = parseJson(await readText(exchange.incoming, options.maxBodyBytes))
  const ms = typeof body === 'object' && body !== null && 'advanceMs' in body ? body.advanceMs : null
  if (typeof ms !== 'number' || !(ms >= 0)) {
    throw new HttpError(400, 'BadJsonBody', 'The body must hold `advanceMs`, milliseconds from 0 on.')
  }
  clock.advance(ms)
  json(exchange, options, 200, { nowMs: clock.now() })
}

async function functionApi(exchange: Exchange, options: MainListenerOptions): Promise<void> {
  const { incoming, url } = exchange
  const caller = await callerOf(exchange, options)
  if (options.requireAuth && !isVerified(caller)) {
    throw new HttpError(401, 'Unauthenticated', 'Authentication is required.')
  }
  const answer = await options.api.handle({
    method: incoming.method ?? 'GET',
    path: url.pathname,
    search: url.searchParams,
    caller,
    body: () => readText(incoming, options.maxBodyBytes),
  })
  json(exchange, options, 200, answer)
}

/** No caller is asked for, even where callers must prove who they are: the address itself allows what it is for. */
async function files(exchange: Exchange, options: MainListenerOptions): Promise<void> {
  const { incoming, response, url, origin } = exchange
  const answer = await serveFile(incoming, response, options.engine.files, url, corsHeaders(origin, options.policy))
  if (answer !== null) json(exchange, options, 200, answer)
}

async function httpAction(exchange: Exchange, options: ListenerOptions, prefix: string): Promise<void> {
  const ownsCors = options.policy.allowOrigins !== null
  if (ownsCors && answerPreflight(exchange, options)) return
  const { incoming, response, origin } = exchange
  const url = new URL(exchange.url)
  url.pathname = url.pathname.slice(prefix.length) || '/'
  const served = await serveHttpAction(incoming, response, {
    engine: options.engine,
    identity: await identityForAction(incoming, options),
    url,
    maxBodyBytes: options.maxBodyBytes,
    headers: ownsCors ? corsHeaders(origin, options.policy) : {},
    ownsCors,
  })
  if (!served) sendText(response, 404, NO_ROUTE.message, ownsCors ? corsHeaders(origin, options.policy) : {})
}

/** The header may be the app's own affair: what is no valid credential of ours is simply nobody. */
async function identityForAction({ headers }: IncomingMessage, { authenticator }: ListenerOptions) {
  try {
    return (await authenticator.fromHeader(headers.authorization)).identity
  } catch (error) {
    if (error instanceof CredentialsError) return ANONYMOUS.identity
    throw error
  }
}

function answerPreflight({ incoming, response, origin }: Exchange, { policy }: ListenerOptions): boolean {
  if (incoming.method !== 'OPTIONS') return false
  const requested = incoming.headers['access-control-request-headers']
  response.writeHead(204, preflightHeaders(origin, policy, requested)).end()
  return true
}

function text({ response, origin }: Exchange, { policy }: ListenerOptions, body: string): void {
  sendText(response, 200, body, corsHeaders(origin, policy))
}

function sendText(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body)
}

function json({ response, origin }: Exchange, { policy }: ListenerOptions, status: number, body: unknown): void {
  sendJson(response, status, body, corsHeaders(origin, policy))
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}
