import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Engine } from '../runtime/engine.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { commitGapMs } from './commit-gap.ts'
import { Session } from './session.ts'
import { CLOSE } from './transport.ts'
import { WireCounter, type WireFigures } from './wire-counter.ts'

/** The client's own messages after this much silence; it gives the connection up after 60 s without any. */
const PING_AFTER_MS = 15_000
/** Pings of the WebSocket protocol, which tell a dead peer from a quiet one. */
const PROBE_EVERY_MS = 5_000
const DEAD_AFTER_MS = 60_000

export interface SyncServerOptions {
  readonly engine: Engine
  readonly authenticator: Authenticator
  readonly requireAuth: boolean
  readonly maxFrameBytes: number
  readonly log: (line: string) => void
}

export interface SyncServer {
  /** Takes over a connection whose address, Host and Origin have been checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  wire(): WireFigures
  close(): void
}

/** `/api/sync` and `/api/<client version>/sync`. */
export function isSyncPath(path: string): boolean {
  return /^\/api\/(?:[\w.-]+\/)?sync$/.test(path)
}

export function createSyncServer(options: SyncServerOptions): SyncServer {
  const sessions = new Set<Session>()
  const wire = new WireCounter()
  const near = createServer(options.maxFrameBytes, false)
  const far = createServer(options.maxFrameBytes, true)
  // Bound here, so that a listener never runs inside the context of the mutation that committed.
  const fanOut = AsyncResource.bind((commit: Parameters<Session['onCommit']>[0]) => {
    for (const session of sessions) session.onCommit(commit)
  })
  const unsubscribe = options.engine.onCommit(fanOut)

  return {
    upgrade(request, socket, head) {
      const server = isOfThisMachine(request) ? near : far
      server.handleUpgrade(request, socket, head, (webSocket) => {
        wire.watch(request.socket)
        const session = openSession(webSocket, options, wire)
        sessions.add(session)
        webSocket.on('close', () => sessions.delete(session))
      })
    },
    wire: () => wire.figures(),
    close() {
      unsubscribe()
      for (const session of sessions) session.close(CLOSE.goingAway, '')
      for (const socket of [...near.clients, ...far.clients]) {
        // Whoever does not answer the close is not waited for.
        setTimeout(() => socket.terminate(), 500).unref()
      }
    },
  }
}

function createServer(maxPayload: number, isCompressed: boolean): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload,
    // Contexts are kept between messages: a growing text sent again and again costs next to nothing.
    perMessageDeflate: isCompressed && { zlibDeflateOptions: { level: 4 } },
  })
}

/**
 * Whether a client runs on this machine, and is not one whose frames another process passes on. To compress a frame
 * takes each side a thread, and longer than this machine takes to carry it.
 */
function isOfThisMachine({ socket, headers }: IncomingMessage): boolean {
  const { remoteAddress = '' } = socket
  const isLoopback = remoteAddress === '::1' || /^(?:::ffff:)?127\./.test(remoteAddress)
  return isLoopback && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined
}

function openSession(socket: WebSocket, options: SyncServerOptions, wire: WireCounter): Session {
  let lastSent = Date.now()
  let lastHeard = Date.now()

  const session = new Session({
    engine: options.engine,
    authenticator: options.authenticator,
    requireAuth: options.requireAuth,
    commitGapMs,
    log: options.log,
    transport: {
      send(frames, flushed) {
        lastSent = Date.now()
        frames.forEach((frame, index) => {
          wire.countFrame(frame)
          const isLast = index === frames.length - 1
          // An error here means that the socket is closing; the session hears of that by itself.
          socket.send(frame, () => isLast && flushed?.())
        })
      },
      close: (code, reason) => socket.close(code, reason),
    },
  })

  const probe = setInterval(() => {
    const now = Date.now()
    if (now - lastHeard > DEAD_AFTER_MS) return socket.terminate()
    socket.ping()
    if (now - lastSent >= PING_AFTER_MS) {
      lastSent = now
      socket.send('{"type":"Ping"}')
    }
  }, PROBE_EVERY_MS)

  socket.on('message', (data, isBinary) => {
    lastHeard = Date.now()
    if (isBinary) session.receiveBinary()
    else session.receive(data.toString())
  })
  socket.on('pong', () => (lastHeard = Date.now()))
  socket.on('error', (error) => options.log(`sync: socket error: ${error.message}`))
  socket.on('close', () => {
    clearInterval(probe)
    session.onClosed()
  })
  return session
}
