import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { createAuthenticator } from './auth/authenticator.ts'
import { createTokenVerifier } from './auth/token-verifier.ts'
import { createApi } from './http/api.ts'
import { createMainListener, createSiteListener, judge, type Listener } from './http/listener.ts'
import { ManualClock } from './runtime/clock.ts'
import type { Engine, EngineOptions } from './runtime/engine.ts'
import { UsageError, type ServeOptions } from './serve-options.ts'
import { watchFunctions } from './watch-functions.ts'
import { createSyncServer, isSyncPath } from './sync/sync-server.ts'
import { ThreadStalls } from './thread-stalls.ts'
import manifest from './package.json' with { type: 'json' }

const LOOPBACK = '127.0.0.1'

/** Convex's own limits are larger; a person's machine is not asked to take more than this from a stranger. */
const MAX_BODY_GUARDED = 16 * 1024 * 1024
const MAX_BODY_OPEN = 32 * 1024 * 1024
/** Room for the envelope around 16 MiB of arguments. */
const FRAME_ENVELOPE = 64 * 1024

export interface Served {
  readonly url: string
  readonly siteUrl: string
  readonly adminKey: string
  /** Stops listening, closes the sockets, lets running functions end within `graceMs`. */
  close(graceMs?: number): Promise<void>
}

export interface ServeDependencies {
  readonly createEngine: (options: EngineOptions) => Promise<Engine>
  readonly log: (line: string) => void
}

type Handlers = {
  readonly request: Listener
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** A server that is bound at once, so that a taken port is known early; requests wait until it has handlers. */
function openServer(guarded: boolean): { server: Server; attach: (handlers: Handlers) => void } {
  const { promise, resolve } = Promise.withResolvers<Handlers>()
  const server = createServer({
    // Judged by the guard, with 421 instead of 400.
    requireHostHeader: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    // Two minutes, as Convex gives an upload.
    requestTimeout: guarded ? 120_000 : 300_000,
    keepAliveTimeout: 5_000,
  })
  server.on('request', (request, response) => void promise.then((handlers) => handlers.request(request, response)))
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    void promise.then((handlers) =>
      handlers.upgrade ? handlers.upgrade(request, socket, head) : refuseUpgrade(socket, 404),
    )
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    else socket.destroy()
  })
  return { server, attach: resolve }
}

const REASONS: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found', 421: 'Misdirected Request' }

function refuseUpgrade(socket: Duplex, status: number): void {
  const reason = REASONS[status] ?? 'Bad Request'
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

async function listen(server: Server, port: number, option: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host: LOOPBACK, port, exclusive: true }, resolve)
  try {
    await promise
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EADDRINUSE') throw new UsageError(`Port ${port} is taken: choose another with --${option}, or 0.`)
    if (code === 'EACCES') throw new UsageError(`Port ${port} may not be used: choose another with --${option}, or 0.`)
    throw error
  }
  server.removeListener('error', reject)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return (address satisfies AddressInfo).port
}

/** Serves a project: binds both ports, boots the engine, runs the start function, then answers. */
export async function serve(options: ServeOptions, { createEngine, log }: ServeDependencies): Promise<Served> {
  const guarded = options.allowOrigins !== null || options.requireAuth
  const main = openServer(guarded)
  const site = openServer(guarded)
  const stop = () => {
    for (const { server } of [main, site]) {
      server.close()
      server.closeAllConnections()
    }
  }
  try {
    const url = `http://${LOOPBACK}:${await listen(main.server, options.port, 'port')}`
    const siteUrl = `http://${LOOPBACK}:${await listen(site.server, options.sitePort, 'site-port')}`
    const clock = options.manualClock ? new ManualClock() : null
    const engine = await createEngine({
      projectDir: options.projectDir,
      ...(options.functionsDir === null ? {} : { functionsDir: options.functionsDir }),
      dataDir: options.dataDir,
      origin: url,
      ...(options.maxFileBytes === null ? {} : { maxFileBytes: options.maxFileBytes }),
      recover: options.recover,
      // Convex sets these two for every deployment.
      env: { CONVEX_CLOUD_URL: url, CONVEX_SITE_URL: siteUrl, ...options.env },
      ...(clock === null ? {} : { clock }),
      ...(options.parallelJobs === null ? {} : { parallelJobs: options.parallelJobs }),
      ...(options.transactionTimeoutMs === null ? {} : { transactionTimeoutMs: options.transactionTimeoutMs }),
      ...(options.actionTimeoutMs === null ? {} : { actionTimeoutMs: options.actionTimeoutMs }),
      log,
    })
    try {
      if (options.onStart !== null) await runOnStart(engine, options.onStart)
    } catch (error) {
      await engine.close(0)
      throw error
    }
    const detach = attachHandlers(engine, options, guarded, { main, site, clock, log })
    const unwatch = options.watch ? watchFunctions(engine, options, log) : () => undefined
    return {
      url,
      siteUrl,
      adminKey: options.adminKey,
      async close(graceMs = 3_000) {
        unwatch()
        detach()
        stop()
        await engine.close(graceMs)
      },
    }
  } catch (error) {
    stop()
    throw error
  }
}

type OpenServer = ReturnType<typeof openServer>

function attachHandlers(
  engine: Engine,
  options: ServeOptions,
  guarded: boolean,
  parts: { main: OpenServer; site: OpenServer; clock: ManualClock | null; log: (line: string) => void },
): () => void {
  const { main, site, clock, log } = parts
  const policy = { allowOrigins: options.allowOrigins }
  const verifyToken = createTokenVerifier({ providers: () => engine.authProviders(), log })
  // The key stands on the command line, which others on the machine can read.
  const authenticator = createAuthenticator(options.requireAuth ? null : options.adminKey, verifyToken)
  const maxBodyBytes = guarded ? MAX_BODY_GUARDED : MAX_BODY_OPEN
  const { requireAuth, instanceName } = options
  const shared = { engine, authenticator, policy, requireAuth, maxBodyBytes, log }
  const api = createApi(engine)
  const stalls = new ThreadStalls()
  const sync = createSyncServer({ ...shared, maxFrameBytes: maxBodyBytes + FRAME_ENVELOPE })

  main.attach({
    request: createMainListener({
      ...shared,
      api,
      instanceName,
      version: manifest.version,
      clock,
      metrics: () => ({ ...engine.metrics?.(), ...sync.wire(), ...stalls.read() }),
    }),
    upgrade(request, socket, head) {
      const verdict = judge(request, policy)
      if (!verdict.ok) return refuseUpgrade(socket, verdict.status)
      const path = (request.url ?? '').split('?', 1)[0] ?? ''
      if (!isSyncPath(path)) return refuseUpgrade(socket, 404)
      sync.upgrade(request, socket, head)
    },
  })
  site.attach({ request: createSiteListener(shared) })
  return () => {
    sync.close()
    api.close()
    stalls.stop()
  }
}

async function runOnStart(engine: Engine, path: string): Promise<void> {
  const { outcome } = await engine.mutation({ path, args: {}, identity: null, allowInternal: true })
  if (!outcome.ok)
    throw new UsageError(`The start function ${path} failed: ${outcome.errorMessage.split('\n')[0] ?? ''}`)
}
