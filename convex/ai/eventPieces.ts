import { joinTextEvents } from './joinTextEvents.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** Milliseconds between two reads of a stream of events, once text has come: what arrives between them is one piece. */
const READ_EVERY_MS = 100
/** What a stream of events ends with, where its server says so. */
const LAST_EVENT = 'data: [DONE]'

/** The pieces of one stream of server-sent events, as they are read. */
export class EventPieces {
  readonly #decoder = new TextDecoder()
  readonly #encoder = new TextEncoder()
  #isInside = false
  #isPaced = false

  /** How many milliseconds after the last read the next one is due. None before the first text and after the last. */
  get readEveryMs(): number {
    return this.#isPaced ? READ_EVERY_MS : 0
  }

  /** The same events in fewer pieces. */
  join(bytes: Bytes): Bytes {
    const text = this.#decoder.decode(bytes, { stream: true })
    const { joined, hasText } = joinTextEvents(text, this.#isInside)
    this.#isInside = !text.endsWith('\n\n')
    this.#isPaced = (this.#isPaced || hasText) && !text.trimEnd().endsWith(LAST_EVENT)
    return this.#encoder.encode(joined)
  }

  /** What is left when the stream has ended: half a character, at most. */
  end(): Bytes {
    return this.#encoder.encode(this.#decoder.decode())
  }
}
