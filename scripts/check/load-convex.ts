import { AsyncLocalStorage } from 'node:async_hooks'
import { dirname, join, normalize } from 'node:path/posix'
import { createContext, SourceTextModule, type Context, type Module } from 'node:vm'
import { documentedGlobals } from './convex-globals.ts'

/**
 * Evaluates bundled modules in a context that has only the globals which Convex documents. What loads here loads there:
 * a library that touches `Buffer` or `document` while it loads fails.
 * Needs `node --experimental-vm-modules`.
 * @param paths of `modules` to load
 * @throws Error with the module's path
 */
export async function loadConvex(modules: ReadonlyMap<string, string>, paths: readonly string[]): Promise<void> {
  const context = createConvexContext()
  const loaded = new Map<string, Module>()
  const load = (path: string): Module => {
    const known = loaded.get(path)
    if (known) return known
    const source = modules.get(path)
    if (source === undefined) throw new Error(`${path} is in no bundle`)
    const module = new SourceTextModule(source, { context, identifier: path })
    loaded.set(path, module)
    return module
  }
  for (const path of paths) {
    try {
      const module = load(path)
      if (module.status === 'unlinked') {
        await module.link((specifier, from) => load(normalize(join(dirname(from.identifier), specifier))))
      }
      await module.evaluate({ timeout: 20_000 })
    } catch (cause) {
      throw new Error(`${path}: ${describe(cause)}`, { cause })
    }
  }
}

function createConvexContext(): Context {
  const names: string[] = Object.values(documentedGlobals).flat()
  const known: Record<string, unknown> = { ...pick(globalThis, names), AsyncLocalStorage }
  const context = createContext({
    ...known,
    process: { env: { AUTH_PROVIDERS: '[]' } },
  })
  return context
}

function pick(from: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(from, name)]))
}

/** An error made in the other context is no `instanceof Error` of ours. */
function describe(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause)
  const { name, message } = cause as Partial<Error>
  return `${name ?? 'Error'}: ${message ?? 'no reason was given'}`
}
