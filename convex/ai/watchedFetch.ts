const NEWLINE = 10

type Bytes = Uint8Array<ArrayBuffer>

/**
 * `fetch` that calls `onLife` for every whole line of a streamed answer. The SDK passes on events only; a line is also
 * a comment, by which a server says that its model is still reading. An abort lets go of the connection here, since
 * Convex's own `fetch` does not look at the signal.
 */
export function watchedFetch(onLife: () => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    if (!response.body) return response
    const { status, statusText, headers } = response
    return new Response(watch(response.body, onLife, init?.signal ?? undefined), { status, statusText, headers })
  }
}

function watch(
  body: ReadableStream<Bytes>,
  onLife: () => void,
  signal: AbortSignal | undefined,
): ReadableStream<Bytes> {
  const reader = body.getReader()
  const letGo = (): void => {
    // Rejects where `fetch` itself obeyed the signal: then there is nothing left to let go of.
    reader.cancel(signal?.reason).catch(() => {})
  }
  const end = (): void => {
    signal?.removeEventListener('abort', letGo)
  }
  signal?.addEventListener('abort', letGo)
  return new ReadableStream<Bytes>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (signal?.aborted) throw signal.reason
        if (done) {
          end()
          controller.close()
          return
        }
        if (value.includes(NEWLINE)) onLife()
        controller.enqueue(value)
      } catch (error) {
        end()
        throw error
      }
    },
    async cancel(reason) {
      end()
      await reader.cancel(reason)
    },
  })
}
