import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { z } from 'zod'
import type { Answer } from './answer.ts'
import { gatewayWire } from './gateway-wire.ts'
import { listenOnLoopback } from './listen-on-loopback.ts'
import { openaiWire } from './openai-wire.ts'
import { now, type RecordedRequest } from './recorded-request.ts'
import { streamAnswer } from './stream-answer.ts'
import type { Wire } from './wire.ts'

export const SCRIPTED_MODEL = 'scripted'
const GATEWAY_PATH = '/v4/ai'

type Chooser = (request: RecordedRequest) => Answer

/**
 * A model provider on loopback that answers as it is told, in two wire formats: OpenAI-compatible under `/v1`, the AI
 * Gateway's under `/v4/ai`. It records every request and when each token was written.
 */
export class ScriptedProvider implements AsyncDisposable {
  readonly requests: RecordedRequest[] = []
  readonly origin: string
  readonly #server: Server
  #choose: Chooser

  private constructor(server: Server, port: number, choose: Chooser) {
    this.#server = server
    this.#choose = choose
    this.origin = `http://127.0.0.1:${port}`
  }

  static async start(answer: Answer | Chooser): Promise<ScriptedProvider> {
    const server = createServer()
    // A token is one small packet; waiting to fill it would be measured as our lag.
    server.on('connection', (socket) => socket.setNoDelay(true))
    const provider = new ScriptedProvider(server, await listenOnLoopback(server), chooser(answer))
    server.on('request', (request, response) => void provider.#handle(request, response))
    return provider
  }

  /** For `LOCAL_MODEL_URL`. */
  get openaiUrl(): string {
    return `${this.origin}/v1`
  }

  /** For `AI_GATEWAY_URL`. */
  get gatewayUrl(): string {
    return this.origin + GATEWAY_PATH
  }

  /** What requests from now on are answered with. */
  answerWith(answer: Answer | Chooser): void {
    this.#choose = chooser(answer)
  }

  get last(): RecordedRequest | undefined {
    return this.requests.at(-1)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#server.closeAllConnections()
    await promise
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /v1/models')
      return send(response, 200, { object: 'list', data: [{ id: SCRIPTED_MODEL, object: 'model' }] })
    if (route === `GET ${GATEWAY_PATH}/config`) return send(response, 200, { models: [gatewayModel] })
    const wire = wires[route]
    if (!wire) return send(response, 404, { error: { message: `no such route: ${route}` } })
    const body: unknown = JSON.parse(await readText(request))
    const recorded: RecordedRequest = {
      index: this.requests.length,
      wire: wire.name,
      model: modelOf(request, body),
      headers: request.headers,
      body,
      at: now(),
      tokenTimes: [],
    }
    this.requests.push(recorded)
    await reply(this.#choose(recorded), { wire, recorded, response })
  }
}

const wires: Readonly<Record<string, Wire>> = {
  'POST /v1/chat/completions': openaiWire,
  [`POST ${GATEWAY_PATH}/language-model`]: gatewayWire,
}

const gatewayModel = {
  id: SCRIPTED_MODEL,
  name: 'Scripted',
  specification: { specificationVersion: 'v4', provider: 'scripted', modelId: SCRIPTED_MODEL },
  modelType: 'language',
}

interface Exchange {
  readonly wire: Wire
  readonly recorded: RecordedRequest
  readonly response: ServerResponse
}

async function reply(answer: Answer, { wire, recorded, response }: Exchange): Promise<void> {
  response.on('close', () => {
    if (recorded.finishedAt === undefined) recorded.closedAt = now()
  })
  switch (answer.kind) {
    case 'silent':
      return
    case 'hang-up':
      recorded.finishedAt = now()
      response.destroy()
      return
    case 'status':
      recorded.finishedAt = now()
      send(response, answer.status, wire.errorBody(answer.status, answer.message ?? 'scripted'), answer.headers)
      return
    case 'stream':
      await streamAnswer(answer, wire, recorded, response)
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function chooser(answer: Answer | Chooser): Chooser {
  return typeof answer === 'function' ? answer : () => answer
}

const withModel = z.object({ model: z.string() })

function modelOf(request: IncomingMessage, body: unknown): string {
  const header = request.headers['ai-language-model-id']
  return typeof header === 'string' ? header : (withModel.safeParse(body).data?.model ?? '')
}
