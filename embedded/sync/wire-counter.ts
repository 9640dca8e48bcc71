import type { Socket } from 'node:net'

/** What has gone out to sync clients since the start. */
export interface WireFigures {
  readonly framesOut: number
  /** Bytes of the frames' text. */
  readonly bytesRaw: number
  /** Bytes written to the sockets, compressed, with framing and the upgrade's headers. */
  readonly bytesWire: number
}

export class WireCounter {
  #frames = 0
  #raw = 0
  #closedWire = 0
  readonly #open = new Set<Socket>()

  watch(socket: Socket): void {
    this.#open.add(socket)
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#closedWire += socket.bytesWritten
    })
  }

  countFrame(frame: string): void {
    this.#frames += 1
    this.#raw += Buffer.byteLength(frame)
  }

  figures(): WireFigures {
    let bytesWire = this.#closedWire
    for (const socket of this.#open) bytesWire += socket.bytesWritten
    return { framesOut: this.#frames, bytesRaw: this.#raw, bytesWire }
  }
}
