import { functionCrypto } from './function-crypto.ts'
import { convexGlobal, currentEnvironment, formatLogLine } from './local-host.ts'
import { onlyInActions } from './only-in-actions.ts'
import { withProperties } from './with-properties.ts'

/**
 * What functions see instead of the process's own globals. The bundler puts them in place of the free names
 * (`injected-globals.ts`), so that nothing of the process itself is changed.
 */
export function functionGlobals(env: Readonly<Record<string, string>>, isNode: boolean) {
  const processEnv = { ...env }
  return {
    Convex: convexGlobal,
    console: functionConsole,
    process: isNode ? withProperties(process, { env: processEnv }) : { env: processEnv },
    Date: functionDate,
    Math: functionMath,
    crypto: functionCrypto,
    performance: functionPerformance,
    fetch: onlyInActions('fetch'),
    setTimeout: onlyInActions('setTimeout'),
    setInterval: onlyInActions('setInterval'),
    setImmediate: onlyInActions('setImmediate'),
    WebSocket: onlyInActions('WebSocket'),
    EventSource: onlyInActions('EventSource'),
    BroadcastChannel: onlyInActions('BroadcastChannel'),
  }
}

export type FunctionGlobals = ReturnType<typeof functionGlobals>

const functionMath: Math = Object.create(Math, {
  random: { value: () => (currentEnvironment()?.random ?? Math.random)() },
})

/** Stands still in queries and mutations. */
function now(): number {
  const environment = currentEnvironment()
  return environment === undefined || environment.kind === 'action' ? Date.now() : environment.nowMs
}

/** Stands still in queries only, as on Convex: mutations and actions measure how long they take. */
function elapsed(): number {
  const environment = currentEnvironment()
  return environment?.kind === 'query' ? environment.nowMs - performance.timeOrigin : performance.now()
}

const functionPerformance = withProperties(performance, { now: elapsed })

const functionDate = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Date(now()).toString(),
  get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
})

const functionConsole: Console = Object.create(
  console,
  Object.fromEntries(
    (['log', 'debug', 'info', 'warn', 'error', 'trace'] as const).map((level) => [level, { value: logger(level) }]),
  ),
)

function logger(level: 'log' | 'debug' | 'info' | 'warn' | 'error' | 'trace') {
  return (...args: unknown[]): void => currentEnvironment()?.log(level.toUpperCase(), formatLogLine(args))
}
