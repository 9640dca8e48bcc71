/**
 * What Convex documents of its default runtime (docs.convex.dev/functions/runtimes, read in November 2026), beside the
 * objects of the language itself, which every `vm` context has.
 */
export const documentedGlobals = {
  network: ['Blob', 'Event', 'EventTarget', 'fetch', 'File', 'FormData', 'Headers', 'Request', 'Response'],
  encoding: ['TextDecoder', 'TextEncoder', 'atob', 'btoa'],
  streams: [
    'ReadableStream',
    'ReadableStreamBYOBReader',
    'ReadableStreamDefaultReader',
    'TransformStream',
    'WritableStream',
    'WritableStreamDefaultWriter',
  ],
  crypto: ['crypto', 'CryptoKey', 'SubtleCrypto'],
  /**
   * The page's "most web standard globals", as far as the runtime's source installs them
   * (convex-backend, npm-packages/udf-runtime/src/setup.ts). Added one by one, when something needs it to load.
   */
  webStandard: ['URL'],
  /** From other pages: logging, environment variables (`process.env` alone), and the release notes of 1.39. */
  elsewhere: ['console', 'AsyncLocalStorage'],
} as const
