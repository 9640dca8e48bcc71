import { convexGlobal, currentEnvironment, formatLogLine } from './local-host.ts'

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
    fetch: onlyInActions('fetch'),
    setTimeout: onlyInActions('setTimeout'),
    setInterval: onlyInActions('setInterval'),
    setImmediate: onlyInActions('setImmediate'),
  }
}

export type FunctionGlobals = ReturnType<typeof functionGlobals>

const functionMath: Math = Object.create(Math, {
  random: { value: () => (currentEnvironment()?.random ?? Math.random)() },
})

function now(): number {
  const environment = currentEnvironment()
  return environment?.isTransaction === true ? environment.nowMs : Date.now()
}

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

type ActionGlobal = 'fetch' | 'setTimeout' | 'setInterval' | 'setImmediate'

function onlyInActions<Name extends ActionGlobal>(name: Name): (typeof globalThis)[Name] {
  return new Proxy(globalThis[name], {
    apply: (target, _self, args) => {
      if (currentEnvironment()?.isTransaction === true) {
        throw new Error(
          `Can't use ${name}() in queries and mutations. Please consider using an action. ` +
            'See https://docs.convex.dev/functions/actions for more details.',
        )
      }
      return Reflect.apply(target, globalThis, args)
    },
  })
}

/** The target itself, but for the properties given here. Its methods work without it, and keep what they carry. */
function withProperties<Target extends object>(target: Target, own: Readonly<Record<string, unknown>>): Target {
  return new Proxy(target, {
    get: (_target, property) => {
      if (typeof property === 'string' && Object.hasOwn(own, property)) return own[property]
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? calledOn(target, value) : value
    },
  })
}

/** Unlike what `bind` gives, it has the function's own properties: `process.hrtime.bigint`. */
function calledOn(target: object, method: Function): Function {
  return new Proxy(method, { apply: (_method, _self, args) => Reflect.apply(method, target, args) })
}
