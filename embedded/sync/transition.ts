import type { StateVersion } from './server-message.ts'
import { encodeTimestamp } from './timestamp.ts'

/** Convex splits a transition whose JSON is longer than this many bytes. */
export const MAX_FRAME_BYTES = 5_000_000

export interface Transition {
  readonly start: StateVersion
  readonly end: StateVersion
  /** Each a `QueryModification` in JSON: results are large and are turned into text only once, for hash and wire. */
  readonly modifications: readonly string[]
  /** Milliseconds the client's clock is ahead; null before the client told its time. */
  readonly clientClockSkew: number | null
  /** Nanoseconds since the epoch when the transition is sent. */
  readonly serverTs: number
}

function encodeVersion(version: StateVersion): string {
  return `{"querySet":${version.querySet},"ts":"${encodeTimestamp(version.ts)}","identity":${version.identity}}`
}

/** The frames that carry a transition: one, or several `TransitionChunk`s that nothing may come between. */
export function encodeTransition(transition: Transition, maxBytes = MAX_FRAME_BYTES): readonly string[] {
  const skew = transition.clientClockSkew === null ? '' : `"clientClockSkew":${transition.clientClockSkew},`
  const text =
    `{"type":"Transition","startVersion":${encodeVersion(transition.start)},` +
    `"endVersion":${encodeVersion(transition.end)},${skew}"serverTs":${transition.serverTs},` +
    `"modifications":[${transition.modifications.join(',')}]}`
  // No UTF-16 unit takes more than three bytes of UTF-8, which spares most transitions the count.
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return [text]
  const chunks = splitText(text, maxBytes)
  const transitionId = crypto.randomUUID()
  return chunks.map((chunk, partNumber) =>
    JSON.stringify({ type: 'TransitionChunk', chunk, partNumber, totalParts: chunks.length, transitionId }),
  )
}

/** Cuts at code points: a frame is UTF-8, and half a surrogate pair has no UTF-8. */
function splitText(text: string, maxBytes: number): string[] {
  const chunks: string[] = []
  const step = Math.max(2, Math.floor(maxBytes / 3))
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + step)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1
    chunks.push(text.slice(start, end))
    start = end
  }
  return chunks
}
