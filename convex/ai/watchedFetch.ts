import { type Bytes, EventPieces } from './eventPieces.ts'

const NEWLINE = 10

/** What a run of an answer has to do with the stream that the answer comes by. */
export interface Reading {
  /** Called for every whole line: an event, or a comment by which a server says that its model is still reading. */
  readonly onLife: () => void
  /** Resolves when more text is wanted. What comes until then waits in the connection. */
  readonly ready: () => Promise<void>
}

/**
 * `fetch` that reads a streamed answer no faster than its text can be stored, and puts together what came meanwhile:
 * what the SDK does with each event is most of what an answer costs. An abort lets go of the connection here, since
 * Convex's own `fetch` does not look at the signal.
 */
export function watchedFetch(reading: Reading): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    if (!response.body) return response
    const { status, statusText, headers } = response
    const isEvents = headers.get('content-type')?.startsWith('text/event-stream') === true
    const pieces = isEvents ? new EventPieces() : null
    const signal = init?.signal ?? undefined
    return new Response(watch(response.body, { ...reading, pieces, signal }), { status, statusText, headers })
  }
}

interface Watching extends Reading {
  /** Of a stream of events. */
  readonly pieces: EventPieces | null
  readonly signal: AbortSignal | undefined
}

function watch(body: ReadableStream<Bytes>, { pieces, onLife, ready, signal }: Watching): ReadableStream<Bytes> {
  const reader = body.getReader()
  const letGo = (): void => {
    // Rejects where `fetch` itself obeyed the signal: then there is nothing left to let go of.
    reader.cancel(signal?.reason).catch(() => {})
  }
  const end = (): void => {
    signal?.removeEventListener('abort', letGo)
  }
  signal?.addEventListener('abort', letGo)
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          if (pieces?.isText) await ready()
          const { done, value } = await reader.read()
          if (signal?.aborted) throw signal.reason
          if (done) {
            end()
            const rest = pieces?.end()
            if (rest?.length) controller.enqueue(rest)
            controller.close()
            return
          }
          if (value.includes(NEWLINE)) onLife()
          controller.enqueue(pieces?.join(value) ?? value)
        } catch (error) {
          end()
          throw error
        }
      },
      async cancel(reason) {
        end()
        await reader.cancel(reason)
      },
    },
    // Read when the SDK wants more, not before: what waits becomes one piece.
    { highWaterMark: 0 },
  )
}
