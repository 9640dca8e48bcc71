import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './answer.ts'
import { now, type RecordedRequest } from './recorded-request.ts'
import { splitTokens } from './split-tokens.ts'
import type { Wire } from './wire.ts'

type Stream = Extract<Answer, { kind: 'stream' }>

const DELIVERY_MS = 50

/** Writes one reply at its pace, a socket write a token, until it ends as told or the client has gone. */
export async function streamAnswer(
  { text, tokensPerSecond, ending = { how: 'complete' } }: Stream,
  wire: Wire,
  recorded: RecordedRequest,
  response: ServerResponse,
): Promise<void> {
  const tokens = splitTokens(text)
  const shown = ending.how === 'complete' ? tokens : tokens.slice(0, ending.afterTokens)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(wire.opening(recorded.model).join(''))

  const begun = now()
  for (const [index, token] of shown.entries()) {
    // Against the beginning rather than the last token: a late timer must not slow the whole reply down.
    const wait = begun + (index * 1000) / tokensPerSecond - now()
    if (wait > 0) await sleep(wait)
    if (response.destroyed) return
    recorded.tokenTimes.push(now())
    response.write(wire.token(token))
  }

  if (ending.how === 'stall') return
  // A reader drops what it has not read when its connection breaks; the tokens before the break are to arrive.
  if (ending.how === 'disconnect') await sleep(DELIVERY_MS)
  recorded.finishedAt = now()
  if (ending.how === 'disconnect') response.destroy()
  else if (ending.how === 'malformed') response.end('data: {"unfinished\n\n')
  else if (ending.how === 'error') response.end(wire.errorEvent(ending.message))
  else response.end(wire.closing({ inputTokens: inputTokens(recorded.body), outputTokens: tokens.length }).join(''))
}

/** As a provider would report it: about four characters a token. */
function inputTokens(body: unknown): number {
  return Math.ceil(JSON.stringify(body).length / 4)
}
