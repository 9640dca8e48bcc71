import type { FunctionGlobals } from './function-globals.ts'

/** esbuild puts these exports in place of the free names of the bundled functions; see `bundle.ts`. */
declare const __ENGINE_GLOBALS__: string

const globals: FunctionGlobals = Reflect.get(globalThis, Symbol.for(__ENGINE_GLOBALS__))

export const {
  Convex,
  console,
  process,
  Date,
  Math,
  crypto,
  performance,
  fetch,
  setTimeout,
  setInterval,
  setImmediate,
  WebSocket,
  EventSource,
  BroadcastChannel,
} = globals
