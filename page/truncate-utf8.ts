export interface Truncated {
  readonly text: string
  readonly truncated: boolean
}

/** The longest beginning of `text` that is at most `bytes` long in UTF-8, cut between code points. */
export function truncateUtf8(text: string, bytes: number): Truncated {
  if (text.length * 3 <= bytes) return { text, truncated: false }
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return read >= text.length ? { text, truncated: false } : { text: text.slice(0, read), truncated: true }
}
