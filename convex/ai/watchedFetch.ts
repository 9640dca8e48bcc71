import { type Bytes, EventPieces } from './eventPieces.ts'

const NEWLINE = 10

/**
 * `fetch` that calls `onLife` for every whole line of a streamed answer. The SDK passes on events only; a line is also
 * a comment, by which a server says that its model is still reading. An abort lets go of the connection here, since
 * Convex's own `fetch` does not look at the signal. A stream of events is read ten times a second and its text put
 * together, since what the SDK does with each event is most of what an answer costs.
 */
export function watchedFetch(onLife: () => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    if (!response.body) return response
    const { status, statusText, headers } = response
    const isEvents = headers.get('content-type')?.startsWith('text/event-stream') === true
    const pieces = isEvents ? new EventPieces() : null
    const signal = init?.signal ?? undefined
    return new Response(watch(response.body, { pieces, onLife, signal }), { status, statusText, headers })
  }
}

interface Watching {
  /** Of a stream of events. */
  readonly pieces: EventPieces | null
  readonly onLife: () => void
  readonly signal: AbortSignal | undefined
}

function watch(body: ReadableStream<Bytes>, { pieces, onLife, signal }: Watching): ReadableStream<Bytes> {
  const reader = body.getReader()
  let lastRead = 0
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
          await waitUntil(lastRead + (pieces?.readEveryMs ?? 0))
          lastRead = Date.now()
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

async function waitUntil(time: number): Promise<void> {
  const left = time - Date.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}
