import { currentEnvironment } from './local-host.ts'

type ActionGlobal =
  | 'fetch'
  | 'setTimeout'
  | 'setInterval'
  | 'setImmediate'
  | 'WebSocket'
  | 'EventSource'
  | 'BroadcastChannel'

/** A global of the process's own that queries and mutations may not use; absent where the process lacks it. */
export function onlyInActions<Name extends ActionGlobal>(name: Name): (typeof globalThis)[Name] {
  const real = globalThis[name]
  if (typeof real !== 'function') return real
  return new Proxy(real, {
    apply: (target, _self, args) => {
      refuseInTransaction(`${name}()`)
      return Reflect.apply(target, globalThis, args)
    },
    construct: (target, args, newTarget) => {
      refuseInTransaction(name)
      return Reflect.construct(target, args, newTarget)
    },
  })
}

/** Throws, with Convex's sentence, inside a query or mutation. */
export function refuseInTransaction(what: string): void {
  const environment = currentEnvironment()
  if (environment === undefined || environment.kind === 'action') return
  throw new Error(
    `Can't use ${what} in queries and mutations. Please consider using an action. ` +
      'See https://docs.convex.dev/functions/actions for more details.',
  )
}
