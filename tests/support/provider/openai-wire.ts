import { event, type Wire } from './wire.ts'

const chunk = (fields: object): string =>
  event({
    id: 'chatcmpl-scripted',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'scripted',
    ...fields,
  })

const choice = (delta: object, finish: string | null = null): string =>
  chunk({ choices: [{ index: 0, delta, finish_reason: finish }] })

/** `POST /v1/chat/completions` with `stream: true` and `stream_options: { include_usage: true }`. */
export const openaiWire: Wire = {
  name: 'openai',
  opening: () => [choice({ role: 'assistant', content: '' })],
  token: (text) => choice({ content: text }),
  closing: ({ inputTokens, outputTokens }) => [
    choice({}, 'stop'),
    chunk({
      choices: [],
      usage: {
        prompt_tokens: inputTokens,
        completion_tokens: outputTokens,
        total_tokens: inputTokens + outputTokens,
      },
    }),
    'data: [DONE]\n\n',
  ],
  errorEvent: (message) => event({ error: { message, type: 'server_error' } }),
  errorBody: (status, message) => ({ error: { message, type: errorType(status), code: String(status) } }),
}

function errorType(status: number): string {
  if (status === 401) return 'invalid_api_key'
  if (status === 429) return 'rate_limit_error'
  return status < 500 ? 'invalid_request_error' : 'server_error'
}
