import { joinTextEvents } from './joinTextEvents.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** What a stream of events ends with, where its server says so. */
const LAST_EVENT = 'data: [DONE]'

/** The pieces of one stream of server-sent events, as they are read. */
export class EventPieces {
  readonly #decoder = new TextDecoder()
  readonly #encoder = new TextEncoder()
  #isInside = false
  #isText = false

  /** Whether what follows is more of a text that has begun, so that it may be read late. */
  get isText(): boolean {
    return this.#isText
  }

  /** The same events in fewer pieces. */
  join(bytes: Bytes): Bytes {
    const text = this.#decoder.decode(bytes, { stream: true })
    const { joined, hasText } = joinTextEvents(text, this.#isInside)
    this.#isInside = !text.endsWith('\n\n')
    this.#isText = (this.#isText || hasText) && !text.trimEnd().endsWith(LAST_EVENT)
    return this.#encoder.encode(joined)
  }

  /** What is left when the stream has ended: half a character, at most. */
  end(): Bytes {
    return this.#encoder.encode(this.#decoder.decode())
  }
}
