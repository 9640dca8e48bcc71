const NEWLINE = 10

/**
 * `fetch` that calls `onLife` for every whole line of a streamed answer. The SDK passes on events only; a line is also
 * a comment, by which a server says that its model is still reading.
 */
export function watchedFetch(onLife: () => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    if (!response.body) return response
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(bytes, controller) {
          if (bytes.includes(NEWLINE)) onLife()
          controller.enqueue(bytes)
        },
      }),
    )
    return new Response(watched, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    })
  }
}
