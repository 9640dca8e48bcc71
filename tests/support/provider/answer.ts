/** How a stream ends. Every way but `complete` ends it after so many tokens, which are all sent whole. */
export type Ending =
  | { readonly how: 'complete' }
  /** The connection stays open and silent. */
  | { readonly how: 'stall'; readonly afterTokens: number }
  /** The socket is destroyed. */
  | { readonly how: 'disconnect'; readonly afterTokens: number }
  /** A line that is not JSON. */
  | { readonly how: 'malformed'; readonly afterTokens: number }
  /** The wire's own error event, then a clean end. */
  | { readonly how: 'error'; readonly afterTokens: number; readonly message: string }

/** What the scripted provider does with one request. */
export type Answer =
  | {
      readonly kind: 'stream'
      readonly text: string
      readonly tokensPerSecond: number
      readonly ending?: Ending
    }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly message?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Closes the connection without a byte. */
  | { readonly kind: 'hang-up' }

export function streamed(text: string, tokensPerSecond: number, ending?: Ending): Answer {
  return { kind: 'stream', text, tokensPerSecond, ...(ending ? { ending } : {}) }
}

export function refused(status: number, message?: string, headers?: Readonly<Record<string, string>>): Answer {
  return { kind: 'status', status, ...(message === undefined ? {} : { message }), ...(headers ? { headers } : {}) }
}
