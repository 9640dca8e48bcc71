import { event, type Wire } from './wire.ts'

/** `POST <base>/language-model` of the AI Gateway: the stream parts of the SDK's own provider specification. */
export const gatewayWire: Wire = {
  name: 'gateway',
  opening: (model) => [
    event({ type: 'stream-start', warnings: [] }),
    event({ type: 'response-metadata', id: 'gen_scripted', modelId: model, timestamp: '2026-01-01T00:00:00.000Z' }),
    event({ type: 'text-start', id: '0' }),
  ],
  token: (text) => event({ type: 'text-delta', id: '0', delta: text }),
  closing: ({ inputTokens, outputTokens }) => [
    event({ type: 'text-end', id: '0' }),
    event({
      type: 'finish',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: outputTokens, text: outputTokens, reasoning: 0 },
      },
    }),
    'data: [DONE]\n\n',
  ],
  errorEvent: (message) => event({ type: 'error', error: { message, type: 'internal_server_error' } }),
  errorBody: (status, message) => ({ error: { message, type: errorType(status), param: null, code: null } }),
}

function errorType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 404:
      return 'model_not_found'
    case 429:
      return 'rate_limit_exceeded'
    default:
      return status < 500 ? 'invalid_request_error' : 'internal_server_error'
  }
}
