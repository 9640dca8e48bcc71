import { AsyncResource } from 'node:async_hooks'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** What the sender answers each request with: a piece, the end, or what the source failed with. */
type Piece = Uint8Array<ArrayBuffer> | null | { readonly error: string }

/**
 * The port through which another thread can read the stream with `receiveBytes`. A piece is read from the source when
 * it is asked for, so that a slow reader slows the source down; the source is cancelled when the reader is gone. Both
 * happen in the asynchronous context of this call.
 */
export function sendBytes(stream: ReadableStream<Uint8Array>): MessagePort {
  const { port1: own, port2: theirs } = new MessageChannel()
  const reader = stream.getReader()
  const onRequest = () => void sendNext(reader, own)
  // The source's own clean-up may fail; nobody is left to hear of it.
  const onClose = () => void reader.cancel().catch(() => undefined)
  own.on('message', AsyncResource.bind(onRequest))
  own.on('close', AsyncResource.bind(onClose))
  return theirs
}

async function sendNext(reader: ReadableStreamDefaultReader<Uint8Array>, port: MessagePort): Promise<void> {
  const piece = await readNext(reader)
  port.postMessage(piece, piece instanceof Uint8Array ? [piece.buffer] : [])
}

async function readNext(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Piece> {
  try {
    const { done, value } = await reader.read()
    if (done) return null
    if (!(value instanceof Uint8Array)) throw new TypeError('A body must be made of bytes (Uint8Array).')
    // A view would be sent with the whole buffer around it, and the source may go on using that.
    return new Uint8Array(value)
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** The stream behind a port of `sendBytes`. It fails when the other thread ends before it does. */
export function receiveBytes(port: MessagePort): ReadableStream<Uint8Array> {
  let isOver = false
  const finish = (end: () => void) => {
    if (isOver) return
    isOver = true
    end()
    port.close()
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        port.on('message', (piece: Piece) => {
          if (isOver) return
          if (piece instanceof Uint8Array) controller.enqueue(piece)
          else if (piece === null) finish(() => controller.close())
          else finish(() => controller.error(new Error(piece.error)))
        })
        port.on('close', () => finish(() => controller.error(new Error('The thread that sent this body has ended.'))))
      },
      pull: () => port.postMessage(null),
      cancel: () => finish(() => undefined),
    },
    // Nothing is read ahead.
    { highWaterMark: 0 },
  )
}
