import { RawClient, type Message } from './raw-client.ts'

/** What a frame has to come to. */
export type Fate =
  /** An answer that says so; the connection goes on. */
  | { readonly kind: 'refused'; readonly says: RegExp }
  /** A `FatalError`, then the end. */
  | { readonly kind: 'fatal' }
  /** An `AuthError` that answers the attempt, then the end. */
  | { readonly kind: 'unauthenticated' }
  /** The end, by the rules of WebSockets. */
  | { readonly kind: 'invalid text' }
  /** One of these, or nothing at all; no failure of the server's own. */
  | { readonly kind: 'any' }

/** A client for fuzzing: sends one frame at a time and looks at what comes of it. */
export class FuzzClient {
  readonly #url: string
  #client: RawClient | null = null
  #connect: object = {}
  #querySet = 0
  #nextId = 0

  constructor(url: string) {
    this.#url = url
  }

  get state() {
    return { connect: this.#connect, querySet: this.#querySet, nextId: this.#nextId }
  }

  /** Connects when there is no connection. */
  async ready(): Promise<void> {
    if (this.#client !== null) return
    this.#client = await RawClient.open(this.#url)
    this.#connect = { type: 'Connect', sessionId: crypto.randomUUID(), connectionCount: 0, lastCloseReason: null }
    this.#client.send(this.#connect)
    this.#querySet = 0
    this.#nextId = 0
  }

  /** Sends the frame; gives what is wrong with what came of it, or null. */
  async suffer(frame: string | Buffer, fate: Fate): Promise<unknown> {
    const client = this.#client
    if (client === null) throw new Error('Not connected')
    const id = this.#nextId
    this.#nextId += 2
    if (fate.kind === 'invalid text' && typeof frame !== 'string') client.sendText(frame)
    else client.send(frame)
    // Whatever the frame was: a connection that goes on answers this.
    client.send({ type: 'Action', requestId: id + 1, udfPath: 'no:such', args: [{}] })
    const answers = (message: Message) => message.type === 'ActionResponse' && message['requestId'] === id + 1
    const end = await Promise.race([
      client.closed,
      client.until(answers).then(
        () => null,
        () => client.closed,
      ),
    ])
    if (end !== null) this.#client = null
    const last = client.received.at(-1)
    switch (fate.kind) {
      case 'refused':
        return end ?? (await this.#refusal(client, id, fate.says))
      case 'fatal':
        return end?.code === 1008 && last?.type === 'FatalError' ? null : { end, last }
      case 'unauthenticated': {
        const isRight = last?.type === 'AuthError' && last['authUpdateAttempted'] === true && last['baseVersion'] === 0
        return end?.code === 1000 && isRight ? null : { end, last }
      }
      case 'invalid text':
        return end?.code === 1007 ? null : { end, last }
      case 'any':
        // Nobody knows now what the server makes of the next version.
        this.#client = null
        client.close()
        return end?.code === 1011 ? end : null
    }
  }

  /** Waits for the answer to the request, or the query, with this id; gives it when it is not the failure it should be. */
  async #refusal(client: RawClient, id: number, says: RegExp): Promise<string | null> {
    let text = ''
    await client.until((message) => {
      const answer = answerIn(message, id)
      text = answer ?? text
      return answer !== null
    })
    if (text.startsWith('Q')) this.#querySet += 1
    return says.test(text) ? null : text
  }

  close(): void {
    this.#client?.close()
  }
}

/** What the message answers to request or query `id`, behind an R or a Q; null when it says nothing of it. */
function answerIn(message: Message, id: number): string | null {
  if (message['requestId'] === id) return `R ${message['success'] === true ? 'done' : String(message['result'])}`
  if (message.type !== 'Transition') return null
  const modifications = message['modifications'] as readonly Message[]
  const found = modifications.find(({ queryId }) => queryId === id)
  if (found === undefined) return null
  return `Q ${found.type === 'QueryFailed' ? String(found['errorMessage']) : 'done'}`
}
