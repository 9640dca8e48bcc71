export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** How one provider's HTTP API writes a streamed reply. Every string is one whole server-sent event. */
export interface Wire {
  readonly name: 'openai' | 'gateway'
  opening(model: string): string[]
  token(text: string): string
  closing(usage: Usage): string[]
  errorEvent(message: string): string
  errorBody(status: number, message: string): unknown
}

export function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}
