import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { receiveBytes, sendBytes } from './port-stream.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function source(pieces: readonly (Uint8Array | Error)[], onCancel = () => {}) {
  const rest = [...pieces]
  const read = { pieces: 0 }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = rest.shift()
        if (piece === undefined) return controller.close()
        if (piece instanceof Error) throw piece
        read.pieces++
        controller.enqueue(piece)
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  )
  return { stream, read }
}

test('bytes arrive in order, to the end', async () => {
  const { stream } = source([bytes('a'), bytes('bc'), bytes('d')])
  expect(await new Response(receiveBytes(sendBytes(stream))).text()).toBe('abcd')
})

test('a piece leaves the source when it is asked for', async () => {
  const { stream, read } = source([bytes('a'), bytes('b'), bytes('c')])
  const reader = receiveBytes(sendBytes(stream)).getReader()
  await reader.read()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(read.pieces).toBe(2)
})

test('of a view only its own bytes are sent, and the source keeps its buffer', async () => {
  const view = bytes('0123456789').subarray(2, 4)
  const reader = receiveBytes(sendBytes(source([view]).stream)).getReader()
  const { value } = await reader.read()
  expect(value?.buffer.byteLength).toBe(2)
  expect(new TextDecoder().decode(view)).toBe('23')
})

test('the source is cancelled when the reader leaves', async () => {
  const onCancel = vi.fn<() => void>()
  const { stream } = source([bytes('a'), bytes('b')], onCancel)
  const reader = receiveBytes(sendBytes(stream)).getReader()
  await reader.read()
  await reader.cancel()
  await vi.waitFor(() => expect(onCancel).toHaveBeenCalled())
})

test('what the source fails with reaches the reader', async () => {
  const { stream } = source([bytes('a'), new Error('broken off')])
  await expect(new Response(receiveBytes(sendBytes(stream))).text()).rejects.toThrow('broken off')
})

test('what is no bytes is refused', async () => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void Reflect.apply(controller.enqueue, controller, ['text']),
  })
  await expect(new Response(receiveBytes(sendBytes(stream))).text()).rejects.toThrow('must be made of bytes')
})

test('a stream whose thread has ended fails', async () => {
  const worker = new Worker('require("node:worker_threads").parentPort.once("message", () => {})', { eval: true })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage(port2, [port2])
  const reader = receiveBytes(port1).getReader()
  const reading = reader.read()
  await worker.terminate()
  await expect(reading).rejects.toThrow('has ended')
})
