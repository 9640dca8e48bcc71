/** A client for tests that says exactly what it is told to, right or wrong. */
import { WebSocket, type ClientOptions } from 'ws'

export type Message = { readonly type: string } & Readonly<Record<string, unknown>>

export class RawClient {
  readonly received: Message[] = []
  /** Pings of the WebSocket protocol. */
  pings = 0
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  readonly #waiting = new Set<() => void>()

  /** `status` of a refused upgrade is thrown as an error that ends with it. */
  static async open(
    url: string,
    headers: Readonly<Record<string, string>> = {},
    options: ClientOptions = {},
  ): Promise<RawClient> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/1.48.0/sync`, { ...options, headers })
    const client = new RawClient(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return client
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()))
      for (const check of this.#waiting) check()
    })
    socket.on('ping', () => (this.pings += 1))
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
  }

  get extensions(): string {
    return this.#socket.extensions
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message))
  }

  /** These bytes as a text frame, UTF-8 or not. */
  sendText(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: false })
  }

  /** Connect, and the query set at version 1 with these queries. */
  connect(queries: readonly { udfPath: string; args?: unknown }[] = [], connect: object = {}): void {
    this.send({
      type: 'Connect',
      sessionId: crypto.randomUUID(),
      connectionCount: 0,
      lastCloseReason: 'InitialConnect',
      clientTs: Date.now(),
      ...connect,
    })
    this.send({
      type: 'ModifyQuerySet',
      baseVersion: 0,
      newVersion: 1,
      modifications: queries.map(({ udfPath, args = {} }, queryId) => ({
        type: 'Add',
        queryId,
        udfPath,
        args: [args],
      })),
    })
  }

  /** The first message that satisfies the condition, received already or yet to come. */
  async until(matches: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = this.received.find(matches)
        if (found === undefined) return
        this.#waiting.delete(check)
        resolve(found)
      }
      this.#waiting.add(check)
      void this.closed.then(({ code, reason }) => reject(new Error(`Closed with ${code} ${reason}.`)))
      check()
    })
  }

  isAfter(later: Message, earlier: Message): boolean {
    return this.received.indexOf(later) > this.received.indexOf(earlier)
  }

  /** Reads nothing more until `resume`: what the server sends piles up on its side. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.close()
  }
}

/** Whether the transition carries an update of the query, with this value if one is given. */
export function updates(message: Message, queryId: number, value?: unknown): boolean {
  if (message.type !== 'Transition') return false
  const modifications = message['modifications'] as readonly Message[]
  return modifications.some(
    (modification) =>
      modification['queryId'] === queryId &&
      modification.type === 'QueryUpdated' &&
      (value === undefined || JSON.stringify(modification['value']) === JSON.stringify(value)),
  )
}
